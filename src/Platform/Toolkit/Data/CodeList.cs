using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Anlan.Toolkit.Data;

/// <summary>A list of codes in one column, separated by blanks: the same on both databases.</summary>
public static class CodeList
{
    /// <summary>How it is written and read.</summary>
    public static ValueConverter<IReadOnlyList<string>, string> Converter { get; } = new(codes => string.Join(' ', codes), text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>When two lists are the same.</summary>
    public static ValueComparer<IReadOnlyList<string>> Comparer { get; } = new(
        (one, other) => (one ?? Array.Empty<string>()).SequenceEqual(other ?? Array.Empty<string>()), codes => codes.Aggregate(0, HashCode.Combine), codes => codes.ToArray());
}
