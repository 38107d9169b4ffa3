namespace Anlan.Kernel.Divisions;

/// <summary>Neighbouring divisions in the order of their codes: what a database finds with one step through an index.</summary>
/// <param name="From">The first code.</param>
/// <param name="Before">The first code that does not belong to it any more; not always the code of a division.</param>
public readonly record struct DivisionRange(DivisionCode From, DivisionCode Before)
{
    /// <summary>A division with everything inside it.</summary>
    public static DivisionRange Of(DivisionCode division) => new(division, After(division));

    /// <summary>A division that has nothing inside it, for a database to find by equality: then its rows come in the order of the index's next column.</summary>
    public static DivisionRange One(DivisionCode division) => new(division, FirstInside(division));

    /// <summary>True for a single division.</summary>
    public bool IsOne => Before == FirstInside(From);

    /// <summary>True when the division lies in the range.</summary>
    public bool Covers(DivisionCode division) => From <= division && division < Before;

    private static DivisionCode FirstInside(DivisionCode division) => new(division.Value + '0');

    // 330502 ends before 330503 and 330599 before 3306. Nothing follows a code of nines only: letters come after digits in every order.
    private static DivisionCode After(DivisionCode division)
    {
        var digits = division.Value.TrimEnd('9');
        return new DivisionCode(digits.Length == 0 ? "a" : digits[..^1] + (char)(digits[^1] + 1));
    }
}
