using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Serialization;
using System.Xml;
using Anlan.Kernel.Outcomes;
using CsvHelper;
using CsvHelper.Configuration;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace Anlan.Toolkit.Import;

/// <summary>A row of a file.</summary>
/// <param name="N">Its number as the spreadsheet counts.</param>
/// <param name="C">Its cells, as many as headers.</param>
[JsonConverter(typeof(FileRowJson))]
internal sealed record FileRow(int N, string?[] C);

/// <summary>A file's header and its rows; blank rows are left out.</summary>
internal sealed record SheetTable(IReadOnlyList<string> Headers, IReadOnlyList<FileRow> Rows);

/// <summary>Reads what somebody uploads: .xlsx, or comma-separated text in UTF-8, UTF-16 or GB18030. Bounded in every direction, because nobody knows who made the file.</summary>
internal static class SheetFile
{
    /// <summary>Largest file, in bytes.</summary>
    public const int MostBytes = 32 * 1024 * 1024;

    /// <summary>Most rows.</summary>
    public const int MostRows = 200_000;

    /// <summary>Longest cell, in characters.</summary>
    public const int LongestCell = 2_000;

    /// <summary>Most columns.</summary>
    public const int MostColumns = 100;

    private const long MostUnpacked = 512L * 1024 * 1024;
    private const int MostBlankRows = 10_000;
    private static readonly OpenXmlConfiguration Reading = new() { EnableSharedStringCache = false, FillMergedCells = false, IgnoreEmptyRows = false };

    static SheetFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The table, or what is wrong with the file.</summary>
    public static Outcome<SheetTable> Read(byte[] file)
    {
        if (file.Length == 0) return Wrong("FileEmpty");
        try
        {
            return file switch
            {
                [0x50, 0x4B, 0x03, 0x04, ..] => Unpacks(file) is { } wrong ? wrong : Collect(Workbook(file)),
                [0xD0, 0xCF, 0x11, 0xE0, ..] => Wrong("FileOldExcel"),
                _ => Decode(file) is { } text ? Collect(Lines(text)) : Wrong("FileEncoding"),
            };
        }
        catch (MaxFieldSizeException)
        {
            return Wrong("FileCellTooLong") with { Limit = FactValue.Count(LongestCell) };
        }
        catch (BadDataException broken)
        {
            return Wrong("FileBrokenQuotes") with { Measured = FactValue.Count(broken.Context?.Parser?.Row ?? 0) };
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or FormatException or KeyNotFoundException or InvalidOperationException or NullReferenceException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            // A package that is no workbook: the library says so in many ways.
            return Wrong("FileUnreadable");
        }
    }

    private static Outcome<SheetTable> Collect(IEnumerable<FileRow> lines)
    {
        string[]? headers = null;
        var (rows, blank) = (new List<FileRow>(), 0);
        foreach (var (number, cells) in lines)
        {
            if (cells.Length > MostColumns) return Wrong("FileTooWide") with { Measured = FactValue.Count(cells.Length), Limit = FactValue.Count(MostColumns) };
            if (Array.TrueForAll(cells, string.IsNullOrWhiteSpace))
            {
                // Spreadsheets keep formatted rows without end below the table.
                if (++blank > MostBlankRows) break;
                continue;
            }

            blank = 0;
            if (Array.Exists(cells, cell => cell?.Length > LongestCell)) return Wrong("FileCellTooLong") with { Measured = FactValue.Count(number), Limit = FactValue.Count(LongestCell) };
            if (headers is null)
            {
                headers = [.. cells.Select(cell => cell?.Trim() ?? "")];
                continue;
            }

            if (rows.Count == MostRows) return Wrong("FileTooLong") with { Limit = FactValue.Count(MostRows) };
            if (cells.Length > headers.Length && cells.Skip(headers.Length).Any(cell => !string.IsNullOrWhiteSpace(cell))) return Wrong("FileRowTooWide") with { Measured = FactValue.Count(number), Limit = FactValue.Count(headers.Length) };
            rows.Add(new FileRow(number, cells.Length == headers.Length ? cells : [.. cells.Take(headers.Length), .. Enumerable.Repeat<string?>(null, Math.Max(0, headers.Length - cells.Length))]));
        }

        return headers is null ? Wrong("FileEmpty") : rows.Count == 0 ? Wrong("FileNoRows") : new SheetTable(headers, rows);
    }

    // Sizes that a package claims may be wrong: only unpacking tells.
    private static Refusal? Unpacks(byte[] file)
    {
        using var package = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        var (total, part) = (0L, new byte[65_536]);
        foreach (var entry in package.Entries)
        {
            using var unpacked = entry.Open();
            for (int read; (read = unpacked.Read(part)) > 0;)
            {
                total += read;
                if (total > MostUnpacked) return Wrong("FileUnpacksTooLarge") with { Limit = FactValue.Count(MostUnpacked / 1024 / 1024) };
            }
        }

        return package.GetEntry("xl/workbook.xml") is null ? Wrong("FileUnreadable") : null;
    }

    private static IEnumerable<FileRow> Workbook(byte[] file)
    {
        var number = 0;
        foreach (IDictionary<string, object?> row in new MemoryStream(file).Query(useHeaderRow: false, excelType: ExcelType.XLSX, configuration: Reading))
        {
            yield return new FileRow(++number, [.. row.Values.Select(Text)]);
        }
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        DateTime day => day.ToString(day.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        // Beyond 15 digits a spreadsheet has rounded: shown as what it is, so that nobody takes it for the number.
        double number => number.ToString(Math.Abs(number) >= 1e15 ? "0.#####E+00" : "0.###############", CultureInfo.InvariantCulture),
        bool flag => flag ? "TRUE" : "FALSE",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static IEnumerable<FileRow> Lines(string text)
    {
        using var reader = new StringReader(text);
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = DelimiterOf(text), MaxFieldSize = LongestCell, IgnoreBlankLines = false, DetectColumnCountChanges = false });
        while (parser.Read()) yield return new FileRow(parser.Row, [.. parser.Record!]);
    }

    private static string DelimiterOf(string text)
    {
        var header = text.AsSpan(0, text.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? end : text.Length);
        var (commas, semicolons, tabs) = (header.Count(','), header.Count(';'), header.Count('\t'));
        return tabs > commas && tabs > semicolons ? "\t" : semicolons > commas ? ";" : ",";
    }

    // Bytes with a mark are what the mark says; others are UTF-8 where they can be, else what Chinese spreadsheets write. Text with zeros is none.
    private static string? Decode(byte[] file)
    {
        Encoding[] candidates = file switch
        {
            [0xFF, 0xFE, ..] => [new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true)],
            [0xFE, 0xFF, ..] => [new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true)],
            _ => [new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)],
        };
        foreach (var encoding in candidates)
        {
            try
            {
                var text = encoding.GetString(file).TrimStart('\uFEFF');
                return text.Contains('\0', StringComparison.Ordinal) ? null : text;
            }
            catch (DecoderFallbackException)
            {
                // The next one.
            }
        }

        return null;
    }

    private static Refusal Wrong(string code) => Refusal.OfField("file", code);
}
