namespace Anlan.Kernel.Paging;

/// <summary>What a list asks for: page number from 1, size, search text, sort key.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Size">1 to 200; larger is cut.</param>
/// <param name="Search">Free text, or null.</param>
/// <param name="Sort">Sort key of the list, a leading '-' for descending, or null for the list's own order.</param>
public sealed record PageRequest(int Number = 1, int Size = 20, string? Search = null, string? Sort = null)
{
    /// <summary>Rows to pass over.</summary>
    public int Skip => (Math.Max(1, Number) - 1) * Take;

    /// <summary>Rows to take.</summary>
    public int Take => Math.Clamp(Size, 1, 200);

    /// <summary>The search text without blanks around it, null when empty.</summary>
    public string? Term => string.IsNullOrWhiteSpace(Search) ? null : Search.Trim();
}

/// <summary>One page of a list with the number of all rows that match.</summary>
/// <param name="Items">The rows of this page.</param>
/// <param name="Total">All matching rows.</param>
/// <typeparam name="T">Row.</typeparam>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total);
