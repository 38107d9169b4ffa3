using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Anlan.Kernel.Outcomes;

namespace Anlan.Toolkit.Import;

/// <summary>A row as its sheet reads it, by the columns' keys. A cell that cannot be read is remembered as a fault and read as blank.</summary>
public sealed partial class SheetRow
{
    private static readonly string[] DayForms = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "yyyy-M-d HH:mm:ss", "yyyy-M-d H:mm", "yyyy/M/d H:mm:ss", "yyyy/M/d H:mm"];
    private readonly SheetForms _forms;
    private readonly SheetForm _form;
    private readonly IReadOnlyDictionary<string, int> _places;
    private readonly IReadOnlyList<string?> _cells;
    private readonly List<Refusal> _faults = [];

    internal SheetRow(SheetForms forms, SheetForm form, IReadOnlyDictionary<string, int> places, int number, IReadOnlyList<string?> cells)
    {
        (_forms, _form, _places, Number, _cells) = (forms, form, places, number, cells);
        foreach (var column in form.Columns.Where(column => column.IsRequired && Cell(column.Key) is null)) _faults.Add(Refusal.OfField(column.Key, "CellMissing"));
    }

    /// <summary>As the spreadsheet counts; the header is in row 1.</summary>
    public int Number { get; }

    internal IReadOnlyList<Refusal> Faults => _faults;

    /// <summary>A text without blanks around it; null for a blank cell.</summary>
    public string? Text(string column)
    {
        if (Cell(column) is not { } text) return null;
        // What a spreadsheet makes of a long number that nobody told it to keep as text.
        return LostDigits().IsMatch(text) ? Wrong<string>(column, "CellLostDigits", text) : text;
    }

    /// <summary>A date; null for a blank cell.</summary>
    public DateOnly? Day(string column)
    {
        if (Cell(column) is not { } text) return null;
        return DateTime.TryParseExact(Written(text), DayForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and <= 2200
            ? DateOnly.FromDateTime(day)
            : Wrong<DateOnly?>(column, "CellNoDate", text);
    }

    /// <summary>A number; null for a blank cell.</summary>
    public double? Decimal(string column)
    {
        if (Cell(column) is not { } text) return null;
        return double.TryParse(text.Normalize(NormalizationForm.FormKC), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : Wrong<double?>(column, "CellNoNumber", text);
    }

    /// <summary>A whole number; null for a blank cell.</summary>
    public int? Whole(string column)
    {
        if (Cell(column) is not { } text) return null;
        return int.TryParse(text.Normalize(NormalizationForm.FormKC), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : Wrong<int?>(column, "CellNoWhole", text);
    }

    /// <summary>The value of a word of the column's closed list; null for a blank cell.</summary>
    public string? Word(string column)
    {
        if (Cell(column) is not { } text) return null;
        return _forms.ValueOf(_form, _form.Columns.First(known => known.Key == column), text) ?? Wrong<string>(column, "CellNoWord", text);
    }

    /// <summary>Like <see cref="Word"/>, as an enum.</summary>
    public TEnum? Word<TEnum>(string column) where TEnum : struct, Enum => Word(column) is { } word ? Enum.Parse<TEnum>(word, ignoreCase: true) : null;

    // Year, month and day of a Chinese date become what stands between them elsewhere.
    private static string Written(string text) => text.Normalize(NormalizationForm.FormKC).Replace('\u5E74', '-').Replace('\u6708', '-').TrimEnd('\u65E5');

    private string? Cell(string column)
    {
        if (!_places.TryGetValue(column, out var place) || place >= _cells.Count || _cells[place]?.Trim() is not { Length: > 0 } text) return null;
        // The sign that an export puts before what looks like a formula.
        return text is ['\'', '=' or '+' or '-' or '@', ..] ? text[1..] : text;
    }

    private T? Wrong<T>(string column, string code, string text)
    {
        var isPersonal = _form.Columns.First(known => known.Key == column).IsPersonal;
        _faults.Add(Refusal.OfField(column, code) with { Measured = isPersonal ? null : FactValue.Text(text.Length > 40 ? text[..40] + "…" : text) });
        return default;
    }

    [GeneratedRegex(@"^\d(\.\d+)?E\+?\d{2}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex LostDigits();
}
