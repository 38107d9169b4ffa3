using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Tests.Enterprises;

namespace Anlan.Tests.Training.Expiries;

public sealed class ShowExpiriesTests
{
    [Fact]
    public async Task Each_figure_of_a_month_is_the_length_of_the_list_that_it_opens()
    {
        await using var host = await RegistryHost.StartAsync();
        var (one, other) = (await host.AnEnterpriseAsync("Northport Steel"), await host.AnEnterpriseAsync("Southport Steel", division: RegistryHost.OtherTown));
        var month = new DateOnly(host.Today.Year, host.Today.Month, 1).AddMonths(2);
        await EndingAsync(host, month.AddDays(4), one, other);
        await EndingAsync(host, month.AddDays(4), one);
        await EndingAsync(host, month.AddDays(30), other);
        await EndingAsync(host, month.AddMonths(1), one);
        var revoked = await EndingAsync(host, month.AddDays(4), one);
        (await host.Bureau.PostAsJsonAsync($"certificates/{revoked}/revoke", new { reason = "false papers" })).EnsureSuccessStatusCode();

        var shown = await RegistryHost.JsonAsync(await host.Bureau.GetAsync($"certificates/expiries?month={month:yyyy-MM-dd}"));

        Assert.Equal(3, shown.GetProperty("total").GetInt32());
        Assert.Equal([($"{month.AddDays(4):yyyy-MM-dd}", 2), ($"{month.AddDays(30):yyyy-MM-dd}", 1)], Of(shown, "days", "date"));
        Assert.Equal([(RegistryHost.Town, 2), (RegistryHost.OtherTown, 2)], Of(shown, "towns", "key"));
        Assert.Equal([("990501", 2), ("990502", 2)], Of(shown, "counties", "key"));
        foreach (var (day, count) in Of(shown, "days", "date")) Assert.Equal(count, await ListedAsync(host, $"endsFrom={day}&endsTo={day}"));
        var span = $"endsFrom={month:yyyy-MM-dd}&endsTo={month.AddMonths(1).AddDays(-1):yyyy-MM-dd}";
        foreach (var (town, count) in Of(shown, "towns", "key").Concat(Of(shown, "counties", "key"))) Assert.Equal(count, await ListedAsync(host, $"{span}&division={town}"));
        foreach (var (enterprise, count) in Of(shown, "enterprises", "key")) Assert.Equal(count, await ListedAsync(host, $"{span}&enterprise={enterprise}"));
        // A safety manager sees the own people only, and where else they work is not told.
        var own = await RegistryHost.JsonAsync(await host.ManagerOf(one).GetAsync($"certificates/expiries?month={month:yyyy-MM-dd}"));
        Assert.Equal((2, 1), (own.GetProperty("total").GetInt32(), own.GetProperty("enterprises").GetArrayLength()));
    }

    [Fact]
    public async Task A_review_that_the_rules_ask_for_ends_it_before_its_last_day_and_one_after_Order_30_does_not()
    {
        await using var host = await RegistryHost.StartAsync();
        var (asked, notAsked) = (new DateOnly(2026, 2, 10), new DateOnly(2027, 2, 10));
        await host.ACertificateAsync(await host.APersonAsync(), issuedOn: asked.AddYears(-3), reviewDueOn: asked, expiresOn: asked.AddYears(3));
        await host.ACertificateAsync(await host.APersonAsync(), issuedOn: notAsked.AddYears(-3), reviewDueOn: notAsked, expiresOn: notAsked.AddYears(3));

        Assert.Equal((1, 0), (await ListedAsync(host, "endsFrom=2026-02-10&endsTo=2026-02-10"), await ListedAsync(host, "endsFrom=2027-02-10&endsTo=2027-02-10")));
    }

    private static async Task<Guid> EndingAsync(RegistryHost host, DateOnly last, params Guid[] enterprises)
    {
        var person = await host.APersonAsync();
        foreach (var enterprise in enterprises) await host.AnEmploymentAsync(person, enterprise);
        return await host.ACertificateAsync(person, issuedOn: last.AddYears(-6).AddDays(1), reviewDueOn: last, expiresOn: last);
    }

    private static List<(string, int)> Of(JsonElement shown, string list, string key) => [.. shown.GetProperty(list).EnumerateArray().Select(found => (found.GetProperty(key).GetString()!, found.GetProperty("count").GetInt32()))];

    private static async Task<int> ListedAsync(RegistryHost host, string filter) => (await RegistryHost.JsonAsync(await host.Bureau.GetAsync("certificates?" + filter))).GetProperty("total").GetInt32();
}
