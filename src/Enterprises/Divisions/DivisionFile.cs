using System.Text.RegularExpressions;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;

namespace Anlan.Enterprises.Divisions;

/// <summary>Reads a division list (<c>code,name,level,parent</c>): cleans names, leaves broken rows out and says why.</summary>
internal static partial class DivisionFile
{
    private static readonly string[] Columns = ["code", "name", "level", "parent"];
    private static readonly HashSet<string> Levels = new(StringComparer.Ordinal) { "province", "prefecture", "county", "subdistrict", "town", "township", "village" };

    /// <summary>A row that was left out.</summary>
    /// <param name="Line">Line number from 1, counting the header.</param>
    /// <param name="Reason">Why.</param>
    public sealed record BrokenRow(int Line, string Reason);

    /// <summary>What a file holds.</summary>
    public sealed record Content(IReadOnlyList<Division> Divisions, IReadOnlyList<BrokenRow> Broken);

    /// <exception cref="InvalidDataException">The first line is not the header.</exception>
    public static Content Parse(IEnumerable<string> lines)
    {
        var numbered = lines.Select((text, index) => (Text: text.Trim('\uFEFF', '\r'), Line: index + 1)).ToList();
        if (numbered.Count == 0 || !Cells(numbered[0].Text).Select(cell => cell.ToLowerInvariant()).SequenceEqual(Columns))
        {
            throw new InvalidDataException($"The first line must be {string.Join(',', Columns)}.");
        }

        var broken = new List<BrokenRow>();
        var rows = new List<(Division Division, int Line)>();
        foreach (var (text, line) in numbered.Skip(1).Where(row => !string.IsNullOrWhiteSpace(row.Text)))
        {
            if (ReadRow(text, out var division) is { } reason) broken.Add(new BrokenRow(line, reason));
            else rows.Add((division!, line));
        }

        // Outer divisions first, whatever the order of the file: a town needs its county.
        var kept = new Dictionary<DivisionCode, Division>();
        foreach (var (division, line) in rows.OrderBy(row => row.Division.Code.Value.Length))
        {
            if (WhyNotIn(kept, division) is { } reason) broken.Add(new BrokenRow(line, reason));
            else kept.Add(division.Code, division);
        }

        return new Content([.. kept.Values.OrderBy(d => d.Code.Value, StringComparer.Ordinal)], [.. broken.OrderBy(b => b.Line)]);
    }

    /// <summary>A name without a code in brackets behind it, as some published lists have.</summary>
    public static string CleanName(string name) => CodeInBrackets().Replace(name, "").Trim();

    private static string? ReadRow(string text, out Division? division)
    {
        division = null;
        var cells = Cells(text);
        if (cells.Count != Columns.Length) return $"has {cells.Count} cells instead of {Columns.Length}";
        if (!DivisionCode.IsValid(cells[0])) return $"code '{cells[0]}' is not 2, 4, 6, 9 or 12 digits";
        var name = CleanName(cells[1]);
        if (name.Length == 0) return "the name is empty";
        if (!Levels.Contains(cells[2])) return $"level '{cells[2]}' is unknown";
        if (cells[3].Length > 0 && !DivisionCode.IsValid(cells[3])) return $"parent '{cells[3]}' is not a code";
        division = new Division(new DivisionCode(cells[0]), name, cells[2], cells[3].Length == 0 ? null : new DivisionCode(cells[3]));
        return null;
    }

    private static string? WhyNotIn(Dictionary<DivisionCode, Division> kept, Division division) => division switch
    {
        _ when kept.ContainsKey(division.Code) => $"code {division.Code} occurs twice",
        { Parent: { } parent } when !kept.ContainsKey(parent) => $"parent {parent} is not in the list",
        { Parent: { } parent } when parent == division.Code || !division.Code.IsWithin(parent) => $"code {division.Code} does not lie inside parent {parent}",
        _ => null,
    };

    private static List<string> Cells(string line) =>
        [.. Cell().Matches(line).Select(found => found.Groups["quoted"] is { Success: true } quoted ? quoted.Value.Replace("\"\"", "\"", StringComparison.Ordinal).Trim() : found.Groups["bare"].Value.Trim())];

    [GeneratedRegex("""(?:^|,)(?:\s*"(?<quoted>(?:[^"]|"")*)"\s*|(?<bare>[^,]*))""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Cell();

    [GeneratedRegex(@"\s*[(\uFF08][^()\uFF08\uFF09]*\d{2,}[^()\uFF08\uFF09]*[)\uFF09]\s*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex CodeInBrackets();
}
