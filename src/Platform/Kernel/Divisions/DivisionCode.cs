namespace Anlan.Kernel.Divisions;

/// <summary>
/// Statistics code of a division: 2 digits province, 4 prefecture, 6 county, 9 town, 12 village. A longer code that begins with a
/// shorter one lies inside it. Who supervises a division is another question (jurisdiction, kept by Accounts).
/// </summary>
/// <param name="Value">The digits.</param>
public readonly record struct DivisionCode(string Value) : IComparable<DivisionCode>
{
    /// <summary>True for 2, 4, 6, 9 or 12 digits.</summary>
    public static bool IsValid(string? text) => text is { Length: 2 or 4 or 6 or 9 or 12 } && text.All(char.IsAsciiDigit);

    /// <summary>True when this division is <paramref name="outer"/> or lies inside it.</summary>
    public bool IsWithin(DivisionCode outer) => Value.StartsWith(outer.Value, StringComparison.Ordinal);

    /// <summary>The order of the digits: a division comes before everything inside it.</summary>
    public int CompareTo(DivisionCode other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>Comes before.</summary>
    public static bool operator <(DivisionCode left, DivisionCode right) => left.CompareTo(right) < 0;

    /// <summary>Comes after.</summary>
    public static bool operator >(DivisionCode left, DivisionCode right) => left.CompareTo(right) > 0;

    /// <summary>Comes before, or is the same.</summary>
    public static bool operator <=(DivisionCode left, DivisionCode right) => left.CompareTo(right) <= 0;

    /// <summary>Comes after, or is the same.</summary>
    public static bool operator >=(DivisionCode left, DivisionCode right) => left.CompareTo(right) >= 0;

    /// <inheritdoc />
    public override string ToString() => Value;
}
