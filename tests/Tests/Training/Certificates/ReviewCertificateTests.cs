using System.Net.Http.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Tests.Enterprises;

namespace Anlan.Tests.Training.Certificates;

public sealed class ReviewCertificateTests
{
    [Fact]
    public async Task A_passed_review_moves_the_next_one_and_puts_a_lapsed_certificate_in_force_again()
    {
        await using var host = await RegistryHost.StartAsync();
        var person = await host.APersonAsync();
        var id = await host.ACertificateAsync(person, issuedOn: new DateOnly(2022, 12, 20), reviewDueOn: new DateOnly(2025, 12, 20));
        var before = await StatusAsync(host, id);

        var answer = await RegistryHost.JsonAsync(await host.Bureau.PostAsJsonAsync($"certificates/{id}/review", new { reviewedOn = host.Today }));

        var facts = host.Get<IQualifications>().CertificatesOf(new PersonId(person))[0];
        Assert.Equal(("reviewOverdue", "valid"), (before, await StatusAsync(host, id)));
        Assert.Null(answer.GetProperty("reviewDueOn").GetString());
        Assert.Equal((null, host.Today), (facts.ReviewDueOn, facts.ReviewedOn));
        Assert.Empty(await host.EventsAsync<CertificateWithdrawn>());
    }

    [Fact]
    public async Task Where_no_review_is_due_none_is_entered()
    {
        await using var host = await RegistryHost.StartAsync();
        var id = await host.ACertificateAsync(await host.APersonAsync(), issuedOn: new DateOnly(2025, 1, 5));

        var answer = await host.Bureau.PostAsJsonAsync($"certificates/{id}/review", new { });

        Assert.Equal(["NoReviewDue"], await RegistryHost.RefusalsAsync(answer));
    }

    [Theory]
    [InlineData("2026-01-06", "reviewedOn:ReviewedInFuture")]
    [InlineData("2022-01-01", "reviewedOn:ReviewedBeforeIssue")]
    public async Task The_day_of_a_review_is_possible(string day, string refusal)
    {
        await using var host = await RegistryHost.StartAsync();
        var id = await host.ACertificateAsync(await host.APersonAsync(), issuedOn: new DateOnly(2023, 3, 10));

        var answer = await host.Bureau.PostAsJsonAsync($"certificates/{id}/review", new { reviewedOn = day });

        Assert.Equal([refusal], await RegistryHost.RefusalsAsync(answer));
    }

    private static async Task<string?> StatusAsync(RegistryHost host, Guid id) => (await RegistryHost.JsonAsync(await host.Bureau.GetAsync($"certificates/{id}"))).GetProperty("status").GetString();
}
