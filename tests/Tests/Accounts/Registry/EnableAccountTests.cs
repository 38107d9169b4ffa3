using System.Net;
using System.Net.Http.Json;
using Anlan.Contracts.Accounts;

namespace Anlan.Tests.Accounts.Registry;

public sealed class EnableAccountTests
{
    [Fact]
    public async Task A_disabled_account_is_out_at_once_with_its_session_and_its_proof()
    {
        await using var host = await AccountsHost.StartAsync();
        var administrator = await host.AdministratorAsync();
        var (welder, account) = await host.WelderAsync(host.Neighbours.ACertifiedWelder());
        var proof = (await AccountsHost.JsonAsync(await welder.PostAsJsonAsync("/api/v1/me/proof", new { pin = AccountsHost.Pin }))).GetProperty("proof").GetString();

        var disabled = await administrator.PostAsJsonAsync($"/api/v1/accounts/{account}/disable", new { reason = "left" });

        Assert.Equal(HttpStatusCode.NoContent, disabled.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await welder.GetAsync("/api/v1/me")).StatusCode);
        Assert.Null(((IPersonProofs)host.Services.GetService(typeof(IPersonProofs))!).Read(proof, account));
        Assert.Equal("AccountDisabled", await AccountsHost.RefusalAsync(await AccountsHost.SignInAsync(welder, "welder")));
    }

    [Fact]
    public async Task An_enabled_account_signs_in_again_but_its_old_session_stays_dead()
    {
        await using var host = await AccountsHost.StartAsync();
        var administrator = await host.AdministratorAsync();
        var (welder, account) = await host.WelderAsync(host.Neighbours.ACertifiedWelder());
        await administrator.PostAsJsonAsync($"/api/v1/accounts/{account}/disable", new { reason = "left" });
        await administrator.PostAsJsonAsync($"/api/v1/accounts/{account}/enable", new { reason = "came back" });

        var old = await welder.GetAsync("/api/v1/me");
        var again = await AccountsHost.SignInAsync(welder, "welder");

        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task Nobody_disables_the_account_that_they_act_with()
    {
        await using var host = await AccountsHost.StartAsync();
        var administrator = await host.AdministratorAsync();
        var own = (await AccountsHost.JsonAsync(await administrator.GetAsync("/api/v1/me"))).GetProperty("account").GetGuid();

        var answer = await administrator.PostAsJsonAsync($"/api/v1/accounts/{own}/disable", new { reason = "tired" });

        Assert.Equal("OwnAccount", await AccountsHost.RefusalAsync(answer));
    }

    [Fact]
    public async Task Disabling_needs_a_reason_and_the_permission()
    {
        await using var host = await AccountsHost.StartAsync();
        var administrator = await host.AdministratorAsync();
        var bureau = await host.StaffAsync("city-bureau", "bureau-one");
        var (_, account) = await host.WelderAsync(host.Neighbours.ACertifiedWelder());

        var noReason = await administrator.PostAsJsonAsync($"/api/v1/accounts/{account}/disable", new { reason = " " });
        var noPermission = await bureau.PostAsJsonAsync($"/api/v1/accounts/{account}/disable", new { reason = "because" });

        Assert.Equal("ReasonMissing", await AccountsHost.RefusalAsync(noReason));
        Assert.Equal(HttpStatusCode.Forbidden, noPermission.StatusCode);
    }
}
