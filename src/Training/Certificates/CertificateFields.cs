using Anlan.Kernel.Outcomes;

namespace Anlan.Training.Certificates;

/// <summary>What somebody typed about a certificate.</summary>
/// <param name="Number">As on the card.</param>
/// <param name="Category">Category code.</param>
/// <param name="SubItem">Sub-item code.</param>
/// <param name="IssuedOn">First day.</param>
/// <param name="ReviewDueOn">Day by which the next review is due; worked out when left out.</param>
/// <param name="ReviewedOn">Day of the last passed review, or null.</param>
/// <param name="ExpiresOn">Last day of validity.</param>
/// <param name="Authority">Who issued it, or null.</param>
internal sealed record CertificateFields(
    string? Number, string? Category, string? SubItem, DateOnly IssuedOn, DateOnly? ReviewDueOn, DateOnly? ReviewedOn, DateOnly ExpiresOn, string? Authority)
{
    public const int LongestAuthority = 100;
    public const int LongestReason = 200;

    public CertificateDates Dates => new(IssuedOn, ReviewDueOn, ReviewedOn, ExpiresOn);

    /// <summary>The same with a plain number, without blanks around, and with the next review worked out.</summary>
    public CertificateFields Normalised(CertificateRules rules) => this with
    {
        Number = CertificateNumber.Normalise(Number),
        Authority = string.IsNullOrWhiteSpace(Authority) ? null : Authority.Trim(),
        ReviewDueOn = ReviewDueOn ?? FirstReview(rules),
    };

    /// <summary>Everything wrong with normalised fields that can be said without asking anybody.</summary>
    public IReadOnlyList<Refusal> Check(DateOnly today, CertificateRules rules) => [.. CheckWords(), .. rules.Check(Category, Dates, today)];

    /// <summary>Everything wrong apart from the days.</summary>
    public IReadOnlyList<Refusal> CheckWords()
    {
        var refusals = new List<Refusal>();
        if (CertificateNumber.Check(CertificateNumber.Normalise(Number)) is { } wrong) refusals.Add(wrong);
        var category = Catalogue.Find(Category);
        if (category is null) refusals.Add(Refusal.OfField("category", "CategoryNotInCatalogue"));
        else if (!category.SubItems.Contains(SubItem ?? "")) refusals.Add(Refusal.OfField("subItem", "SubItemNotInCatalogue"));
        if (Authority is { Length: > LongestAuthority }) refusals.Add(Refusal.OfField("authority", "AuthorityTooLong") with { Measured = FactValue.Count(Authority.Length), Limit = FactValue.Count(LongestAuthority) });
        return refusals;
    }

    private DateOnly? FirstReview(CertificateRules rules)
    {
        var first = rules.NextReview(Category, IssuedOn, ExpiresOn, IssuedOn);
        return first is { } passed && ReviewedOn is not null ? rules.NextReview(Category, passed, ExpiresOn, IssuedOn) : first;
    }

    /// <summary>The reason for revoking is needed.</summary>
    public static Refusal? CheckReason(string? reason) => reason?.Trim() switch
    {
        null or "" => Refusal.OfField("reason", "ReasonMissing"),
        { Length: > LongestReason } text => Refusal.OfField("reason", "ReasonTooLong") with { Measured = FactValue.Count(text.Length), Limit = FactValue.Count(LongestReason) },
        _ => null,
    };
}
