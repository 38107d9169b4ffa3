using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Rules;
using Anlan.Toolkit.Rules;

namespace Anlan.Training.Certificates;

/// <summary>The days of a certificate.</summary>
internal sealed record CertificateDates(DateOnly IssuedOn, DateOnly? ReviewDueOn, DateOnly? ReviewedOn, DateOnly ExpiresOn);

/// <summary>How a certificate stands on a day, worst last.</summary>
internal enum CertificateStatus
{
    /// <summary>In force, nothing due soon.</summary>
    Valid,

    /// <summary>In force; the review is due within 90 days.</summary>
    ReviewDue,

    /// <summary>In force; it expires within 90 days.</summary>
    ExpiresSoon,

    /// <summary>The review was due and is missing: lapsed (Order 30, article 26).</summary>
    ReviewOverdue,

    /// <summary>Its last day has passed.</summary>
    Expired,

    /// <summary>Revoked.</summary>
    Revoked,
}

/// <summary>Judges a certificate's days by the dated rules of <c>rules.json</c>: facts and a day in, verdict out.</summary>
internal static class CertificateRules
{
    private static readonly RuleFile File = RuleFile.Read(typeof(CertificateRules).Assembly, "Anlan.Training.Certificates.rules.json");
    private static readonly Rule[] Validity = [File["CERT-VALIDITY-O30"], File["CERT-VALIDITY-O19"]];

    /// <summary>A rule by its id, or null.</summary>
    public static Rule? Find(string id) => File.Find(id);

    /// <summary>Reviews under Order 30; judged at the day on which the review is due.</summary>
    public static Rule Review { get; } = File["CERT-REVIEW-O30"];

    /// <summary>The rule for a longest validity that holds for certificates issued on a day, or null before the first.</summary>
    public static Rule? ValidityFor(DateOnly issuedOn) => Validity.FirstOrDefault(rule => rule.AppliesOn(issuedOn));

    /// <summary>Days ahead from which a review or an expiry is shown as due soon.</summary>
    public static int SoonDays { get; } = (int)File["CERT-SOON"].Limit!.Value;

    /// <summary>How a certificate stands on a day. Its last day and the day of the review still count.</summary>
    public static CertificateStatus StatusOn(DateOnly day, CertificateDates dates, DateOnly? revokedOn)
    {
        if (revokedOn <= day) return CertificateStatus.Revoked;
        if (day > dates.ExpiresOn) return CertificateStatus.Expired;
        // A review that falls due after Order 30 ended is not asked for any more (Order 19).
        var due = dates.ReviewDueOn is { } date && Review.AppliesOn(date) ? date : (DateOnly?)null;
        if (due < day) return CertificateStatus.ReviewOverdue;
        if (due <= day.AddDays(SoonDays)) return CertificateStatus.ReviewDue;
        return dates.ExpiresOn <= day.AddDays(SoonDays) ? CertificateStatus.ExpiresSoon : CertificateStatus.Valid;
    }

    /// <summary>True while work may run on a certificate that stands like this.</summary>
    public static bool CarriesWork(CertificateStatus status) => status is CertificateStatus.Valid or CertificateStatus.ReviewDue or CertificateStatus.ExpiresSoon;

    /// <summary>The rule behind a status that stops work, or null.</summary>
    public static Rule? RuleFor(CertificateStatus status, CertificateDates dates) => status switch
    {
        CertificateStatus.ReviewOverdue or CertificateStatus.ReviewDue => Review,
        CertificateStatus.Expired or CertificateStatus.ExpiresSoon => ValidityFor(dates.IssuedOn),
        _ => null,
    };

    /// <summary>
    /// When the next review is due: three years after issue or after the last due day, unless the certificate ends before or no review is
    /// asked for any more on that day.
    /// </summary>
    public static DateOnly? NextReview(DateOnly lastDue, DateOnly expiresOn) =>
        lastDue.AddYears((int)Review.Limit!.Value) is var next && next < expiresOn && Review.AppliesOn(next) ? next : null;

    /// <summary>Everything wrong with a certificate's days.</summary>
    public static IReadOnlyList<Refusal> Check(CertificateDates dates, DateOnly today)
    {
        var (issued, due, reviewed, expires) = dates;
        var refusals = new List<Refusal>();
        if (issued > today) refusals.Add(Wrong("issuedOn", "IssuedInFuture", issued, today));
        if (expires <= issued) refusals.Add(Wrong("expiresOn", "ExpiresBeforeIssue", expires, issued));
        if (ValidityFor(issued) is { Limit: { } years } validity && issued.AddYears((int)years) is var last && expires > last)
        {
            refusals.Add(Wrong("expiresOn", "ValidityTooLong", expires, last) with { Rule = validity.Id });
        }

        if (due <= issued) refusals.Add(Wrong("reviewDueOn", "ReviewBeforeIssue", due.Value, issued));
        if (due > expires) refusals.Add(Wrong("reviewDueOn", "ReviewAfterExpiry", due.Value, expires));
        if (reviewed < issued) refusals.Add(Wrong("reviewedOn", "ReviewedBeforeIssue", reviewed.Value, issued));
        if (reviewed > today) refusals.Add(Wrong("reviewedOn", "ReviewedInFuture", reviewed.Value, today));
        return refusals;
    }

    private static Refusal Wrong(string field, string code, DateOnly found, DateOnly limit) =>
        Refusal.OfField(field, code) with { Measured = FactValue.Of(found), Limit = FactValue.Of(limit) };
}
