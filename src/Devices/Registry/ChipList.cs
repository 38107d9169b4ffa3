using System.Security.Cryptography;
using System.Text;
using Anlan.Kernel.Outcomes;

namespace Anlan.Devices.Registry;

/// <summary>
/// A factory's list of chips: a header <c>serial,secret</c> or <c>serial,sha256</c>, then a line for each chip. Read whole; every fault is told with its line, and never a secret.
/// </summary>
internal static class ChipList
{
    /// <summary>Longest list, in chips.</summary>
    public const int Most = 5_000;

    /// <summary>Largest file, in bytes.</summary>
    public const int MostBytes = 1_000_000;

    // What a factory burns in must not be guessable: the hash that is kept is a fast one.
    private const int ShortestSecret = 32;
    private const int LongestSecret = 200;
    private const int MostFaults = 500;

    /// <param name="Line">Line in the file.</param>
    /// <param name="Serial">The chip.</param>
    /// <param name="SecretHash">SHA-256 of its secret.</param>
    public sealed record Row(int Line, string Serial, byte[] SecretHash);

    /// <summary>Reads a list.</summary>
    public static (IReadOnlyList<Row> Rows, IReadOnlyList<Refusal> Faults) Read(string text)
    {
        var lines = text.TrimStart('\uFEFF').Split('\n').Select(line => line.Trim()).ToList();
        var header = lines.Count > 0 ? lines[0].Replace(" ", "", StringComparison.Ordinal) : "";
        if (header is not ("serial,secret" or "serial,sha256")) return ([], [AtLine(1, "ChipListHeader")]);
        var isHash = header == "serial,sha256";
        var (rows, faults, seen) = (new List<Row>(), new List<Refusal>(), new Dictionary<string, int>(StringComparer.Ordinal));
        for (var i = 1; i < lines.Count && faults.Count < MostFaults; i++)
        {
            if (lines[i].Length == 0) continue;
            if (rows.Count == Most) return ([], [AtLine(i + 1, "ChipListTooLong") with { Limit = FactValue.Count(Most) }]);
            var cells = lines[i].Split(',').Select(cell => cell.Trim().Trim('"')).ToArray();
            var hash = cells.Length == 2 ? HashOf(cells[1], isHash) : null;
            if (cells.Length != 2) faults.Add(AtLine(i + 1, "ChipListCells") with { Measured = FactValue.Count(cells.Length) });
            else if (!RegisterChip.IsSerial(cells[0])) faults.Add(AtLine(i + 1, "SerialInvalid"));
            else if (!seen.TryAdd(cells[0], i + 1)) faults.Add(AtLine(i + 1, "ChipListTwice") with { Measured = FactValue.Text(cells[0]), Limit = FactValue.Count(seen[cells[0]]) });
            else if (hash is null) faults.Add(AtLine(i + 1, isHash ? "ChipListHash" : "ChipListSecret"));
            else rows.Add(new Row(i + 1, cells[0], hash));
        }

        if (rows.Count == 0 && faults.Count == 0) faults.Add(AtLine(1, "ChipListEmpty"));
        return (rows, faults);
    }

    /// <summary>A fault of one line.</summary>
    public static Refusal AtLine(int line, string code) => Refusal.OfField(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {line}"), code);

    private static byte[]? HashOf(string cell, bool isHash)
    {
        if (!isHash) return cell.Length is >= ShortestSecret and <= LongestSecret && cell.All(c => c is > ' ' and < '\u007F') ? SHA256.HashData(Encoding.UTF8.GetBytes(cell)) : null;
        return cell.Length == 2 * SHA256.HashSizeInBytes && cell.All(char.IsAsciiHexDigit) ? Convert.FromHexString(cell) : null;
    }
}
