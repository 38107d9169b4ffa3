using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Http;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Privacy.People;

/// <summary>Writes a person's file: one JSON for programs, one CSV for each table, the files that tables name, one page to read and print.</summary>
internal static class PersonArchive
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Style = """
        <style>
        body{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:1100px;margin:24px auto;padding:0 12px;color:#14212e}
        table{border-collapse:collapse;width:100%;margin-bottom:24px}
        th,td{border:1px solid #b8c3cd;padding:4px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
        th{background:#f3f5f7}
        h2{margin:24px 0 8px}
        @media print{body{margin:0}tr{break-inside:avoid}}
        </style>
        """;

    public static byte[] Make(IReadOnlyList<PersonSection> sections, DateTimeOffset at, IStringLocalizer words)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "person.json", JsonSerializer.Serialize(sections.ToDictionary(section => section.Key, section => section.Rows.Select(row => section.Columns.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second))), Json), at);
            Add(archive, "index.html", Page(sections, at, words), at);
            foreach (var section in sections.Where(section => section.Rows.Count > 0)) Add(archive, section.Key + ".csv", CsvFile.TextOf([.. section.Columns.Select(column => Column(column, words))], section.Rows), at);
            foreach (var section in sections)
            {
                foreach (var file in section.Files) Add(archive, $"{section.Key}/{file.Name}", file.Content, at);
            }
        }

        return bytes.ToArray();
    }

    private static void Add(ZipArchive archive, string name, string text, DateTimeOffset at) => Add(archive, name, Encoding.UTF8.GetBytes(text), at);

    private static void Add(ZipArchive archive, string name, byte[] bytes, DateTimeOffset at)
    {
        var entry = archive.CreateEntry(name);
        entry.LastWriteTime = at;
        using var content = entry.Open();
        content.Write(bytes);
    }

    // Without a script or an address of anything: it is opened wherever the person lives.
    private static string Page(IReadOnlyList<PersonSection> sections, DateTimeOffset at, IStringLocalizer words)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html><html lang=\"{CultureInfo.CurrentUICulture.Name}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Text(words["PersonFile.Title"])}</title>{Style}</head><body>");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Text(words["PersonFile.Title"])}</h1><p>{Text(words["PersonFile.Made", at])}</p>");
        foreach (var section in sections)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(words["PersonFile." + section.Key])}</h2>");
            if (section.Rows.Count == 0)
            {
                page.Append(CultureInfo.InvariantCulture, $"<p>{Text(words["PersonFile.None"])}</p>");
                continue;
            }

            page.Append("<table><thead><tr>");
            foreach (var column in section.Columns) page.Append(CultureInfo.InvariantCulture, $"<th>{Text(Column(column, words))}</th>");
            page.Append("</tr></thead><tbody>");
            foreach (var row in section.Rows)
            {
                page.Append("<tr>");
                foreach (var cell in row) page.Append(CultureInfo.InvariantCulture, $"<td>{Text(cell)}</td>");
                page.Append("</tr>");
            }

            page.Append("</tbody></table>");
        }

        return page.Append("</body></html>").ToString();
    }

    private static string Column(string column, IStringLocalizer words) => words["PersonFile.Column." + column];

    private static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");
}
