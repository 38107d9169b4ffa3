using System.Text;
using Anlan.Toolkit.Http;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace Anlan.Toolkit.Import;

/// <summary>Writes files that people fill in or mend. Every cell is text, and none is a formula.</summary>
public static class SheetWriter
{
    /// <summary>Kind of content of a workbook.</summary>
    public const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly OpenXmlConfiguration Writing = new() { AutoFilter = false, EnableAutoWidth = true, FastMode = true };

    /// <summary>A workbook of tables, each with its header; cells as many as headers.</summary>
    public static byte[] Workbook(params IReadOnlyList<(string Name, IReadOnlyList<string> Headers, IEnumerable<IReadOnlyList<string?>> Rows)> sheets)
    {
        var all = sheets.ToDictionary(sheet => sheet.Name, sheet => (object)Rows(sheet.Headers, sheet.Rows), StringComparer.Ordinal);
        using var file = new MemoryStream();
        file.SaveAs(all, printHeader: false, configuration: Writing);
        return file.ToArray();
    }

    /// <summary>The empty template of a form: a sheet to fill in, and one that says what belongs where.</summary>
    public static byte[] Template(SheetForms forms, SheetForm form)
    {
        IReadOnlyList<string> guide = [Word("Column"), Word("Needed"), Word("Meaning"), Word("Example"), Word("Words")];
        return Workbook(
            (Word("Sheet"), [.. form.Columns.Select(column => forms.Header(form, column))], []),
            (Word("Guide"), guide, form.Columns.Select(column => (IReadOnlyList<string?>)
                [forms.Header(form, column), Word(column.IsRequired ? "Yes" : "No"), forms.Help(form, column), forms.Example(form, column), string.Join(" / ", forms.Choices(form, column))])));
    }

    /// <summary>The empty template as comma-separated text.</summary>
    public static byte[] CsvTemplate(SheetForms forms, SheetForm form) => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(string.Join(',', form.Columns.Select(column => forms.Header(form, column))) + "\r\n")];

    private static IEnumerable<IDictionary<string, object?>> Rows(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string?>> rows) =>
        rows.Prepend(headers).Select(cells => (IDictionary<string, object?>)cells.Select((cell, at) => (cell, at)).ToDictionary(pair => $"c{pair.at:000}", pair => (object?)(pair.cell is null ? null : Formula.Neutralise(pair.cell)), StringComparer.Ordinal));

    private static string Word(string key) => ImportWords.Say("Import.File." + key);
}
