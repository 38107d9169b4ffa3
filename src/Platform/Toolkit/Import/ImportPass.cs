using System.Globalization;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Security;

namespace Anlan.Toolkit.Import;

/// <summary>A row with what becomes of it.</summary>
internal sealed record JudgedRow(int Row, RowPlan Plan);

/// <summary>One way through a file from its first to its last part: remembers which records it has met, for a file may name each once.</summary>
internal sealed class ImportPass(SheetForms forms, SheetForm form, SheetLayout layout, ImportSheet sheet, PersonalFields fields)
{
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<JudgedRow>> JudgeAsync(ImportPart part, CancellationToken stop)
    {
        List<SheetRow> rows = [.. part.Open<FileRow>(fields, "content").Select(row => new SheetRow(forms, form, layout.Places, row.N, row.C))];
        var plans = await sheet.PlanAsync(rows, stop);
        return [.. rows.Zip(plans, (row, plan) => new JudgedRow(row.Number, Judge(row, plan)))];
    }

    // A cell that could not be read is told once, not also as a missing value.
    private RowPlan Judge(SheetRow row, RowPlan plan)
    {
        if (row.Faults.Count > 0 || plan.Refusals.Count > 0)
        {
            var told = row.Faults.Select(fault => fault.Field).ToHashSet(StringComparer.Ordinal);
            return RowPlan.Refused([.. row.Faults, .. plan.Refusals.Where(refusal => refusal.Field is null || !told.Contains(refusal.Field))]);
        }

        return _seen.TryAdd(plan.Key, row.Number) ? plan : RowPlan.Refused(new Refusal("RowRepeated") { Measured = FactValue.Text(_seen[plan.Key].ToString(CultureInfo.InvariantCulture)) });
    }
}
