using System.Text;
using Microsoft.AspNetCore.Http;

namespace Anlan.Toolkit.Http;

/// <summary>A list as a file that spreadsheet programs open by a double click: UTF-8 with its mark, quoted where needed.</summary>
public static class CsvFile
{
    /// <summary>The answer to a download.</summary>
    /// <param name="name">File name without its ending.</param>
    /// <param name="header">Column titles.</param>
    /// <param name="rows">Cells, as many as titles.</param>
    public static IResult Of(string name, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string?>> rows)
    {
        var text = new StringBuilder();
        AppendLine(text, header);
        foreach (var row in rows) AppendLine(text, row);
        return Results.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())], "text/csv; charset=utf-8", name + ".csv");
    }

    /// <summary>The answer to a download of a list that may be long: written while it is read, so that no length fills the memory.</summary>
    /// <param name="name">File name without its ending.</param>
    /// <param name="header">Column titles.</param>
    /// <param name="rows">Cells, as many as titles.</param>
    public static IResult Of(string name, IReadOnlyList<string> header, IAsyncEnumerable<IReadOnlyList<string?>> rows) => Results.Stream(
        async body =>
        {
            await using var file = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
            var line = new StringBuilder();
            AppendLine(line, header);
            await file.WriteAsync(line);
            await foreach (var row in rows)
            {
                AppendLine(line.Clear(), row);
                await file.WriteAsync(line);
            }
        },
        "text/csv; charset=utf-8", name + ".csv");

    /// <summary>The text of a file, for an archive.</summary>
    public static string TextOf(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string?>> rows)
    {
        var text = new StringBuilder("\uFEFF");
        AppendLine(text, header);
        foreach (var row in rows) AppendLine(text, row);
        return text.ToString();
    }

    private static void AppendLine(StringBuilder text, IReadOnlyList<string?> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Cell(string? cell)
    {
        if (string.IsNullOrEmpty(cell)) return "";
        cell = Formula.Neutralise(cell);
        return cell.AsSpan().ContainsAny("\",\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
    }
}
