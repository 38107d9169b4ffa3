using Anlan.Kernel.Outcomes;

namespace Anlan.Toolkit.Import;

/// <summary>Something wrong with a row, or something that stands against taking its change back.</summary>
/// <param name="Row">Its number as the spreadsheet counts.</param>
/// <param name="Reason">Why; its field is the column's key where one column is at fault.</param>
public sealed record RowFault(int Row, Refusal Reason);
