namespace Anlan.Kernel.Rules;

/// <summary>One dated rule, as written in a module's rule file. Every refusal that a rule decides names it.</summary>
/// <param name="Id">Stable id, for example <c>CERT-REVIEW-O30</c>.</param>
/// <param name="TitleZh">Title in Chinese.</param>
/// <param name="TitleEn">Title in English.</param>
/// <param name="Source">Law or standard, in Chinese as published; for a rule of the platform itself its decision record.</param>
/// <param name="SourceEn">The source in English.</param>
/// <param name="Clause">Clause, or null where the source gives none.</param>
/// <param name="Limit">The number, in <paramref name="Unit"/>; null for rules without a number.</param>
/// <param name="Unit">Unit of the limit: <c>s</c>, <c>m</c>, <c>d</c>, <c>A</c>.</param>
/// <param name="From">First day in force.</param>
/// <param name="To">Last day in force, or null.</param>
/// <param name="ClauseEn">The clause in English.</param>
/// <param name="Unconfirmed">True where the text comes from a secondary source.</param>
public sealed record Rule(
    string Id, string TitleZh, string TitleEn, string Source, string SourceEn, string? Clause, double? Limit, string? Unit,
    DateOnly From, DateOnly? To, bool Unconfirmed = false, string? ClauseEn = null)
{
    /// <summary>True when the rule is in force on a local date.</summary>
    public bool AppliesOn(DateOnly date) => date >= From && (To is null || date <= To);
}
