using System.Globalization;
using System.Net.Http.Json;
using Anlan.Accounts.Registry;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Accounts.Invitations;

public sealed class InvitationMessageTests
{
    [Fact]
    public async Task An_invited_welder_is_told_in_Chinese_and_never_the_code()
    {
        await using var host = await AccountsHost.StartAsync();
        var person = host.Neighbours.ACertifiedWelder();
        host.Neighbours.Mobiles[person] = "13812345678";
        var chief = await host.AdministratorAsync();
        chief.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");

        var code = await AccountsHost.InviteWelderAsync(chief, person);

        var (to, text, cause) = Assert.Single(host.Neighbours.Sent);
        Assert.Equal(("13812345678", "accounts.invited", person.Value), (to, cause.Key, cause.Person));
        Assert.Contains("2040年3月19日", text, StringComparison.Ordinal);
        Assert.DoesNotContain(code, text, StringComparison.Ordinal);
        Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_no_mobile_or_is_no_person_of_the_register_gets_none()
    {
        await using var host = await AccountsHost.StartAsync();
        await AccountsHost.InviteWelderAsync(await host.AdministratorAsync(), host.Neighbours.ACertifiedWelder());

        Assert.Empty(host.Neighbours.Sent);
    }

    [Fact]
    public async Task A_reset_is_told_as_one()
    {
        await using var host = await AccountsHost.StartAsync();
        var person = host.Neighbours.ACertifiedWelder();
        var chief = await host.AdministratorAsync();
        var code = await AccountsHost.InviteWelderAsync(chief, person);
        (await host.Browser().PostAsJsonAsync("/api/v1/claims", new { certificateNumber = host.Neighbours.NumberOf(person), code, userName = "welder", password = AccountsHost.Password, pin = AccountsHost.Pin })).EnsureSuccessStatusCode();
        host.Neighbours.Mobiles[person] = "13812345678";
        var account = host.Services.GetRequiredService<AccountIndex>().FindByPerson(person)!.Id;

        (await chief.PostAsJsonAsync(string.Create(CultureInfo.InvariantCulture, $"/api/v1/accounts/{account}/reset"), new { isInPerson = true })).EnsureSuccessStatusCode();

        Assert.Equal("accounts.reset", Assert.Single(host.Neighbours.Sent).Cause.Key);
    }
}
