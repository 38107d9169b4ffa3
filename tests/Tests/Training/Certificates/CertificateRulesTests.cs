using Anlan.Tests.Enterprises;
using Anlan.Training.Certificates;

namespace Anlan.Tests.Training.Certificates;

public sealed class CertificateRulesTests
{
    private static readonly CertificateRules Rules = new(Books.Whole);
    private static readonly DateOnly Issued = new(2021, 3, 10);
    private static readonly DateOnly Expires = new(2027, 3, 10);

    [Theory]
    [InlineData("2026-12-09", "Valid")]
    [InlineData("2026-12-10", "ExpiresSoon")] // 90 days before
    [InlineData("2027-03-10", "ExpiresSoon")] // the last day counts
    [InlineData("2027-03-11", "Expired")]
    public void The_last_day_of_validity_counts(string day, string status) => Assert.Equal(status, StatusOn(day, null).ToString());

    [Theory]
    [InlineData("2023-12-10", "Valid")]
    [InlineData("2023-12-11", "ReviewDue")]
    [InlineData("2024-03-10", "ReviewDue")]
    [InlineData("2024-03-11", "ReviewOverdue")]
    [InlineData("2026-07-01", "ReviewOverdue")] // it lapsed while Order 30 held
    [InlineData("2027-03-11", "Expired")] // the worse of two
    public void A_missed_review_under_order_30_lets_the_certificate_lapse(string day, string status) => Assert.Equal(status, StatusOn(day, new DateOnly(2024, 3, 10)).ToString());

    [Theory]
    [InlineData("2026-05-31", "2026-06-01", "ReviewOverdue")] // due on the last day of Order 30
    [InlineData("2026-06-01", "2026-07-01", "Valid")] // due on the first day of Order 19
    [InlineData("2026-06-01", "2026-05-20", "Valid")]
    public void A_review_that_falls_due_under_order_19_is_not_asked_for(string due, string day, string status) => Assert.Equal(status, StatusOn(day, Numbers.Day(due)).ToString());

    [Fact]
    public void A_revoked_certificate_is_revoked_from_its_day_on()
    {
        var dates = new CertificateDates(Issued, null, null, Expires);

        Assert.Equal(CertificateStatus.Valid, Rules.StatusOn(new DateOnly(2025, 5, 4), "welding", dates, new DateOnly(2025, 5, 5)));
        Assert.Equal(CertificateStatus.Revoked, Rules.StatusOn(new DateOnly(2025, 5, 5), "welding", dates, new DateOnly(2025, 5, 5)));
        Assert.Equal(CertificateStatus.Revoked, Rules.StatusOn(new DateOnly(2030, 1, 1), "welding", dates, new DateOnly(2025, 5, 5)));
    }

    [Theory]
    [InlineData("2021-03-10", "2027-03-10", "2024-03-10")] // three years on
    [InlineData("2024-03-10", "2027-03-10", null)] // that is the day of expiry
    [InlineData("2023-06-01", "2029-06-01", null)] // Order 19 asks for none
    [InlineData("2023-05-31", "2029-05-31", "2026-05-31")]
    [InlineData("2020-02-29", "2026-02-28", "2023-02-28")]
    public void The_next_review_is_worked_out(string last, string expires, string? next) =>
        Assert.Equal(next is null ? null : Numbers.Day(next), Rules.NextReview("welding", Numbers.Day(last), Numbers.Day(expires), Numbers.Day(last)));

    [Theory]
    [InlineData("2021-03-10", null, null, "2027-03-10", "")]
    [InlineData("2021-03-10", "2024-03-10", "2024-03-01", "2027-03-10", "")]
    [InlineData("2021-03-10", "2027-03-10", null, "2027-03-10", "")] // reviewed for the last time: due is its renewal
    [InlineData("2026-01-06", null, null, "2032-01-06", "IssuedInFuture")]
    [InlineData("2021-03-10", null, null, "2021-03-10", "ExpiresBeforeIssue")]
    [InlineData("2021-03-10", null, null, "2027-03-11", "ValidityTooLong")]
    [InlineData("2021-03-10", "2021-03-10", null, "2027-03-10", "ReviewBeforeIssue")]
    [InlineData("2021-03-10", "2027-03-11", null, "2027-03-10", "ReviewAfterExpiry")]
    [InlineData("2021-03-10", null, "2021-03-09", "2027-03-10", "ReviewedBeforeIssue")]
    [InlineData("2021-03-10", null, "2026-01-06", "2027-03-10", "ReviewedInFuture")]
    public void Days_that_contradict_one_another_are_refused(string issued, string? due, string? reviewed, string expires, string refused)
    {
        var dates = new CertificateDates(Numbers.Day(issued), Day(due), Day(reviewed), Numbers.Day(expires));

        Assert.Equal(refused, string.Join(' ', Rules.Check("welding", dates, new DateOnly(2026, 1, 5)).Select(r => r.Code)));
    }

    [Fact]
    public void Too_long_a_validity_names_rule_and_latest_day()
    {
        var refusal = Assert.Single(Rules.Check("welding", new CertificateDates(Issued, null, null, Expires.AddDays(1)), Expires));

        Assert.Equal(("CERT-VALIDITY-O30", "2027-03-11", "2027-03-10"), (refusal.Rule, refusal.Measured?.Value, refusal.Limit?.Value));
    }

    [Theory]
    [InlineData("Valid", true)]
    [InlineData("ReviewDue", true)]
    [InlineData("ExpiresSoon", true)]
    [InlineData("ReviewOverdue", false)]
    [InlineData("Expired", false)]
    [InlineData("Revoked", false)]
    public void Work_runs_only_on_what_is_in_force(string status, bool carries) => Assert.Equal(carries, CertificateRules.CarriesWork(Enum.Parse<CertificateStatus>(status)));

    private static CertificateStatus StatusOn(string day, DateOnly? due) => Rules.StatusOn(Numbers.Day(day), "welding", new CertificateDates(Issued, due, null, Expires), null);

    private static DateOnly? Day(string? text) => text is null ? null : Numbers.Day(text);
}
