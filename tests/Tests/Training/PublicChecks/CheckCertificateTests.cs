using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Anlan.Tests.Enterprises;

namespace Anlan.Tests.Training.PublicChecks;

public sealed class CheckCertificateTests
{
    private const string Number = "T990000198506151232";

    [Fact]
    public async Task Number_and_name_that_both_fit_show_the_standing_masked_and_without_signing_in()
    {
        await using var host = await RegistryHost.StartAsync();
        await host.ACertificateAsync(await host.APersonAsync("Shen Anlan", "990000198506151232"), Number, issuedOn: host.Today.AddYears(-5), reviewDueOn: host.Today.AddDays(80), expiresOn: host.Today.AddDays(80));

        var answer = await CheckAsync(host, "t 9900001985 06151232", " Shen  Anlan ");
        var text = await answer.Content.ReadAsStringAsync();
        var shown = await RegistryHost.JsonAsync(answer);

        Assert.Equal("T990000********1232", shown.GetProperty("number").GetString());
        Assert.DoesNotContain("Shen Anlan", text, StringComparison.Ordinal);
        Assert.DoesNotContain("19850615", text, StringComparison.Ordinal);
        var standing = Assert.Single(shown.GetProperty("certificates").EnumerateArray());
        Assert.Equal(("reviewDue", "yellow", $"{host.Today.AddDays(80):yyyy-MM-dd}", "CERT-REVIEW-O30"),
            (standing.GetProperty("status").GetString(), standing.GetProperty("light").GetString(), standing.GetProperty("statusDay").GetString(), standing.GetProperty("rule").GetString()));
    }

    [Fact]
    public async Task A_wrong_number_and_a_wrong_name_get_the_same_answer()
    {
        await using var host = await RegistryHost.StartAsync();
        await host.ACertificateAsync(await host.APersonAsync("Shen Anlan", "990000198506151232"), Number);
        await host.ACertificateAsync(await host.APersonAsync("Wang Qixin"));

        HttpResponseMessage[] answers = [await CheckAsync(host, Number, "Wang Qixin"), await CheckAsync(host, Numbers.CertificateNumber(), "Shen Anlan"), await CheckAsync(host, Numbers.CertificateNumber(), "Nobody Known")];

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
        var texts = await Task.WhenAll(answers.Select(async answer => Regex.Replace(await answer.Content.ReadAsStringAsync(), "\"traceId\":\"[^\"]*\"", "")));
        Assert.Single(texts.Distinct());
        Assert.Contains("CheckMismatch", texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_eleventh_check_of_a_minute_from_one_address_is_refused_by_the_rule_even_when_it_fits()
    {
        await using var host = await RegistryHost.StartAsync();
        await host.ACertificateAsync(await host.APersonAsync("Shen Anlan", "990000198506151232"), Number);
        for (var check = 0; check < 10; check++) Assert.Equal(HttpStatusCode.OK, (await CheckAsync(host, Number, "Shen Anlan")).StatusCode);

        var refused = await CheckAsync(host, Number, "Shen Anlan");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        var refusal = (await refused.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("refusals")[0];
        Assert.Equal(("TooManyChecks", "CERT-PUBLIC-CHECKS", "11", "10"), (refusal.GetProperty("code").GetString(), refusal.GetProperty("rule").GetString(),
            refusal.GetProperty("measured").GetProperty("value").GetString(), refusal.GetProperty("limit").GetProperty("value").GetString()));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await CheckAsync(host, Number, "Shen Anlan")).StatusCode);
    }

    [Fact]
    public async Task Every_status_has_its_light()
    {
        await using var host = await RegistryHost.StartAsync();
        var today = host.Today;
        var lights = new List<(string?, string?)>();
        foreach (var (review, last, isRevoked) in ((DateOnly?, DateOnly, bool)[])
            [(null, today.AddDays(91), false), (null, today.AddDays(90), false), (today.AddDays(90), today.AddDays(400), false), (today.AddDays(-1), today.AddDays(400), false), (null, today.AddDays(-1), false), (null, today.AddDays(400), true)])
        {
            var number = Numbers.CertificateNumber();
            var id = await host.ACertificateAsync(await host.APersonAsync(), number, issuedOn: today.AddYears(-4), reviewDueOn: review ?? last, expiresOn: last);
            if (isRevoked) (await host.Bureau.PostAsJsonAsync($"certificates/{id}/revoke", new { reason = "false papers" })).EnsureSuccessStatusCode();
            var standing = (await RegistryHost.JsonAsync(await CheckAsync(host, number, "Shen Anlan"))).GetProperty("certificates")[0];
            lights.Add((standing.GetProperty("status").GetString(), standing.GetProperty("light").GetString()));
        }

        Assert.Equal([("valid", "green"), ("reviewDue", "yellow"), ("reviewDue", "yellow"), ("reviewOverdue", "red"), ("expired", "red"), ("revoked", "red")], lights);
    }

    private static Task<HttpResponseMessage> CheckAsync(RegistryHost host, string number, string name) => host.Stranger().PostAsJsonAsync("certificate-checks", new { number, name });
}
