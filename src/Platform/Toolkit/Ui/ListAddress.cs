using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Anlan.Toolkit.Ui;

/// <summary>What a list's address says of its form: <c>size</c>, how many rows a page has, and <c>sort</c>, the column by which it is ordered.</summary>
public static class ListAddress
{
    /// <summary>Rows on a page that a reader may choose; the first is the list's own.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [20, 50, 100];

    /// <summary>The chosen number of rows, or the list's own.</summary>
    public static int SizeIn(string address) => int.TryParse(Read(address, "size"), CultureInfo.InvariantCulture, out var size) && Sizes.Contains(size) ? size : Sizes[0];

    /// <summary>The chosen sort key, a leading '-' for descending, or null for the list's own order.</summary>
    public static string? SortIn(string address) => Read(address, "sort") is { Length: > 0 and <= 40 } key ? key : null;

    private static string? Read(string address, string name) => QueryHelpers.ParseQuery(new Uri(address).Query).TryGetValue(name, out var values) ? values[^1] : null;
}
