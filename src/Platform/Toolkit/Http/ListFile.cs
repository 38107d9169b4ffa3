using System.Globalization;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Http;

namespace Anlan.Toolkit.Http;

/// <summary>A list as a file in the reader's language: the rows of all its pages, as the list shows them; who took it is on record.</summary>
public sealed class ListFile(AnlanDb db, CityCalendar calendar)
{
    /// <summary>As many rows as a file may have; a longer list is refused, so that nobody takes a part for the whole.</summary>
    public const int Most = 50_000;

    private const int PageSize = 200;

    /// <summary>What is said of a list that no file holds.</summary>
    public static Refusal TooLong(int rows) => new("ListTooLong") { Measured = FactValue.Count(rows), Limit = FactValue.Count(Most) };

    /// <summary>The answer to a download; <c>ListTooLong</c> (rows, limit) when it would not hold them all.</summary>
    /// <param name="name">What the list is called in the file's name and on record.</param>
    /// <param name="action">Under which the download is on record.</param>
    /// <param name="read">Reads a page of the list.</param>
    /// <param name="stop">Stops.</param>
    /// <param name="columns">Titles, and what stands below them: a day, a moment, a number, a text, or null for an empty cell.</param>
    public async Task<IResult> OfAsync<TRow>(string name, string action, Func<PageRequest, Task<Page<TRow>>> read, CancellationToken stop, params IReadOnlyList<(string Title, Func<TRow, object?> Cell)> columns)
    {
        var lines = new List<TRow>();
        Page<TRow> page;
        var number = 0;
        do
        {
            page = await read(new PageRequest(++number, PageSize));
            if (page.Total > Most) return OutcomeResults.ToProblem([TooLong(page.Total)]);
            lines.AddRange(page.Items);
        }
        while (page.Items.Count == PageSize);
        return await OfAsync(name, action, lines, stop, columns);
    }

    /// <summary>The answer to a download of rows that are at hand.</summary>
    /// <param name="name">What the list is called in the file's name and on record.</param>
    /// <param name="action">Under which the download is on record.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="stop">Stops.</param>
    /// <param name="columns">Titles, and what stands below them: a day, a moment, a number, a text, or null for an empty cell.</param>
    public async Task<IResult> OfAsync<TRow>(string name, string action, IReadOnlyList<TRow> rows, CancellationToken stop, params IReadOnlyList<(string Title, Func<TRow, object?> Cell)> columns)
    {
        db.Audit(action, name, new { rows = rows.Count });
        await db.SaveAsync(stop);
        return CsvFile.Of($"{name}-{calendar.Today.Day()}", [.. columns.Select(column => column.Title)], rows.Select(row => (IReadOnlyList<string?>)[.. columns.Select(column => Text(column.Cell(row)))]));
    }

    private string? Text(object? cell) => cell switch
    {
        null => null,
        DateOnly day => day.Day(),
        DateTimeOffset at => calendar.Local(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString(),
    };
}
