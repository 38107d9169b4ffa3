using Anlan.Contracts.Training;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Rules;

namespace Anlan.Training.Certificates;

/// <summary>The days of a certificate.</summary>
internal sealed record CertificateDates(DateOnly IssuedOn, DateOnly? ReviewDueOn, DateOnly? ReviewedOn, DateOnly ExpiresOn)
{
    /// <summary>The day that a status is about: of the review where that is what matters, otherwise the last day of validity.</summary>
    public DateOnly DayOf(CertificateStatus status) => status is CertificateStatus.ReviewDue or CertificateStatus.ReviewOverdue ? ReviewDueOn ?? ExpiresOn : ExpiresOn;
}

/// <summary>How a certificate stands on a day, worst last.</summary>
internal enum CertificateStatus
{
    /// <summary>In force, nothing due soon.</summary>
    Valid,

    /// <summary>In force; the review is due soon.</summary>
    ReviewDue,

    /// <summary>In force; it expires soon.</summary>
    ExpiresSoon,

    /// <summary>The review was due and is missing: lapsed.</summary>
    ReviewOverdue,

    /// <summary>Its last day has passed.</summary>
    Expired,

    /// <summary>Revoked.</summary>
    Revoked,
}

/// <summary>Judges a certificate's days by the rule book: facts and a day in, verdict out. Each rule is judged on the day that it names itself.</summary>
internal sealed class CertificateRules(RuleBook book)
{
    private Soon _soon = new(default, 0);

    /// <summary>What is asked of the book.</summary>
    public static IReadOnlyList<string> Asked { get; } =
        [CertificateQuestions.Held, CertificateQuestions.Category, CertificateQuestions.Validity, CertificateQuestions.Revoked, CertificateQuestions.Review, CertificateQuestions.Reminder, CertificateQuestions.PublicChecks];

    /// <summary>How long certificates issued on a day may be valid, or null before the first rule.</summary>
    public RuleAnswer? ValidityFor(string? category, DateOnly issuedOn) => book.Ask(CertificateQuestions.Validity, About(category, issuedOn).On(CertificateQuestions.IssuedOn, issuedOn));

    /// <summary>The rules on reviews that fall due on a day; one that demands nothing says so.</summary>
    public RuleAnswer? ReviewOn(string? category, DateOnly due, DateOnly issuedOn) =>
        book.Ask(CertificateQuestions.Review, About(category, due).On(CertificateQuestions.ReviewDueOn, due).On(CertificateQuestions.IssuedOn, issuedOn));

    /// <summary>How a certificate stands on a day. Its last day and the day of the review still count.</summary>
    public CertificateStatus StatusOn(DateOnly day, string? category, CertificateDates dates, DateOnly? revokedOn)
    {
        if (revokedOn <= day) return CertificateStatus.Revoked;
        if (day > dates.ExpiresOn) return CertificateStatus.Expired;
        var soon = day.AddDays(SoonDays(day));
        // A review that falls due after Order 30 ended is not asked for any more (Order 19): far ones need no look into the book.
        var due = dates.ReviewDueOn is { } date && date <= soon && ReviewOn(category, date, dates.IssuedOn) is { IsDemanded: true } ? date : (DateOnly?)null;
        if (due < day) return CertificateStatus.ReviewOverdue;
        if (due is not null) return CertificateStatus.ReviewDue;
        return dates.ExpiresOn <= soon ? CertificateStatus.ExpiresSoon : CertificateStatus.Valid;
    }

    /// <summary>The day after which a certificate carries no work unless something is done: of the review that the rules ask for, or its last day, whichever comes first.</summary>
    public DateOnly EndOf(string? category, CertificateDates dates) =>
        dates.ReviewDueOn is { } due && due < dates.ExpiresOn && ReviewOn(category, due, dates.IssuedOn) is { IsDemanded: true } ? due : dates.ExpiresOn;

    /// <summary>How often the public may ask within a minute.</summary>
    public RuleAnswer PublicChecks(DateOnly day) => book.Demand(CertificateQuestions.PublicChecks, new RuleCase(day));

    /// <summary>True while work may run on a certificate that stands like this.</summary>
    public static bool CarriesWork(CertificateStatus status) => status is CertificateStatus.Valid or CertificateStatus.ReviewDue or CertificateStatus.ExpiresSoon;

    /// <summary>The rules behind a status that is not plainly valid, or null.</summary>
    public RuleAnswer? RuleFor(CertificateStatus status, DateOnly day, string? category, CertificateDates dates) => status switch
    {
        CertificateStatus.ReviewOverdue or CertificateStatus.ReviewDue => ReviewOn(category, dates.ReviewDueOn!.Value, dates.IssuedOn),
        CertificateStatus.Expired or CertificateStatus.ExpiresSoon => ValidityFor(category, dates.IssuedOn),
        CertificateStatus.Revoked => book.Ask(CertificateQuestions.Revoked, About(category, day)),
        _ => null,
    };

    /// <summary>
    /// When the next review is due: as many years after issue or after the last due day as the strictest rule says that is in force on that
    /// very day; null when the certificate ends before, or when no review is asked for any more.
    /// </summary>
    public DateOnly? NextReview(string? category, DateOnly lastDue, DateOnly expiresOn, DateOnly issuedOn)
    {
        var due = from years in book.AnswersTo(CertificateQuestions.Review).Select(rule => rule.Limit).OfType<double>().Distinct()
                  let next = lastDue.AddYears((int)years)
                  where next < expiresOn && ReviewOn(category, next, issuedOn) is { IsDemanded: true } answer && answer.IsKeptBy(years)
                  select (DateOnly?)next;
        return due.Min();
    }

    /// <summary>Everything wrong with a certificate's days.</summary>
    public IReadOnlyList<Refusal> Check(string? category, CertificateDates dates, DateOnly today)
    {
        var (issued, due, reviewed, expires) = dates;
        var refusals = new List<Refusal>();
        if (issued > today) refusals.Add(Wrong("issuedOn", "IssuedInFuture", issued, today));
        if (expires <= issued) refusals.Add(Wrong("expiresOn", "ExpiresBeforeIssue", expires, issued));
        if (ValidityFor(category, issued) is { } validity && issued.AddYears((int)validity.Limit) is var last && expires > last)
        {
            refusals.Add(validity.Refuse("ValidityTooLong", FactValue.Of(expires), FactValue.Of(last)) with { Field = "expiresOn" });
        }

        if (due <= issued) refusals.Add(Wrong("reviewDueOn", "ReviewBeforeIssue", due.Value, issued));
        if (due > expires) refusals.Add(Wrong("reviewDueOn", "ReviewAfterExpiry", due.Value, expires));
        if (reviewed < issued) refusals.Add(Wrong("reviewedOn", "ReviewedBeforeIssue", reviewed.Value, issued));
        if (reviewed > today) refusals.Add(Wrong("reviewedOn", "ReviewedInFuture", reviewed.Value, today));
        return refusals;
    }

    // Lists ask for thousands of certificates on the same day. Before the platform had a rule about reminders it showed none.
    private int SoonDays(DateOnly day)
    {
        var soon = Volatile.Read(ref _soon);
        if (soon.Day != day) Volatile.Write(ref _soon, soon = new Soon(day, book.Ask(CertificateQuestions.Reminder, new RuleCase(day)) is { } answer ? (int)answer.Limit : 0));
        return soon.Days;
    }

    private sealed record Soon(DateOnly Day, int Days);

    private static RuleCase About(string? category, DateOnly day) => new(day) { Subject = category };

    private static Refusal Wrong(string field, string code, DateOnly found, DateOnly limit) =>
        Refusal.OfField(field, code) with { Measured = FactValue.Of(found), Limit = FactValue.Of(limit) };
}
