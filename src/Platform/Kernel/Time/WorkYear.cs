namespace Anlan.Kernel.Time;

/// <summary>A day that is not what its day of the week says: a holiday, or a weekend day that is worked instead.</summary>
/// <param name="Day">The day.</param>
/// <param name="IsWorked">True for a make-up day, false for a holiday.</param>
/// <param name="NameZh">Name of the holiday in Chinese; a make-up day carries the holiday that it makes up for.</param>
/// <param name="NameEn">The name in English.</param>
public sealed record SpecialDay(DateOnly Day, bool IsWorked, string NameZh, string NameEn);

/// <summary>The holidays and make-up days that were published for a year; the last days of the year before may be among them.</summary>
/// <param name="Year">The year.</param>
/// <param name="Days">All of them.</param>
public sealed record WorkYear(int Year, IReadOnlyList<SpecialDay> Days);

/// <summary>What kind of day a day is.</summary>
public enum DayKind
{
    /// <summary>An ordinary working day.</summary>
    Working,
    /// <summary>A weekend day.</summary>
    Weekend,
    /// <summary>A holiday, its days in lieu and the weekend days within it.</summary>
    Holiday,
    /// <summary>A weekend day that is worked.</summary>
    MakeUp,
}
