using System.Net;
using System.Net.Http.Json;

namespace Anlan.Tests.Accounts.Slips;

public sealed class InviteManyTests
{
    [Fact]
    public async Task A_slip_for_each_welder_of_the_enterprise_without_an_account_and_each_code_claims_one()
    {
        await using var host = await AccountsHost.StartAsync();
        var (own, other) = (host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise());
        var manager = await host.StaffAsync("safety-manager", "manager", own.Value);
        var welders = Enumerable.Range(0, 105).Select(_ => host.Neighbours.ACertifiedWelder(own)).ToList();
        await host.WelderAsync(host.Neighbours.ACertifiedWelder(own), "has-one");
        host.Neighbours.ACertifiedWelder(other);

        var made = await AccountsHost.JsonAsync(await manager.PostAsJsonAsync("/api/v1/invitations/many", new { }));
        var slips = made.GetProperty("slips").EnumerateArray().ToList();
        var (person, code) = (slips[^1].GetProperty("person").GetGuid(), slips[^1].GetProperty("code").GetString());
        var claimed = await host.Browser().PostAsJsonAsync("/api/v1/claims", new { certificateNumber = host.Neighbours.NumberOf(new(person)), code, userName = "from-slip", password = AccountsHost.Password, pin = AccountsHost.Pin });
        var again = await manager.PostAsJsonAsync("/api/v1/invitations/many", new { });
        var replaced = await AccountsHost.JsonAsync(await manager.PostAsJsonAsync("/api/v1/invitations/many", new { again = true }));

        Assert.Equal(welders.Select(welder => welder.Value).Order(), slips.Select(slip => slip.GetProperty("person").GetGuid()).Order());
        Assert.Equal(HttpStatusCode.OK, claimed.StatusCode);
        Assert.Equal("NobodyToInvite", await AccountsHost.RefusalAsync(again));
        Assert.Equal(104, replaced.GetProperty("slips").GetArrayLength());
        // The first slip of somebody else was replaced with its sheet.
        var (first, old) = (slips[0].GetProperty("person").GetGuid(), slips[0].GetProperty("code").GetString());
        Assert.Equal("ClaimMismatch", await AccountsHost.RefusalAsync(await host.Browser().PostAsJsonAsync("/api/v1/claims", new { certificateNumber = host.Neighbours.NumberOf(new(first)), code = old, userName = "too-late", password = AccountsHost.Password, pin = AccountsHost.Pin })));
    }

    [Fact]
    public async Task A_sheet_is_printed_by_who_made_it_for_half_an_hour_and_its_codes_lapse_after_two_weeks()
    {
        await using var host = await AccountsHost.StartAsync();
        var enterprise = host.Neighbours.AnEnterprise();
        var welder = host.Neighbours.ACertifiedWelder(enterprise);
        var manager = await host.StaffAsync("safety-manager", "manager", enterprise.Value);
        var made = await AccountsHost.JsonAsync(await manager.PostAsJsonAsync("/api/v1/invitations/many", new { enterprise = enterprise.Value }));
        var (sheet, code) = ($"/accounts/slips/{made.GetProperty("sheet").GetGuid()}", made.GetProperty("slips")[0].GetProperty("code").GetString()!);
        var colleague = await host.StaffAsync("safety-manager", "colleague", enterprise.Value);

        var (shown, twice, foreign) = (await manager.GetStringAsync(sheet), await manager.GetStringAsync(sheet), await colleague.GetStringAsync(sheet));
        host.Clock.Advance(TimeSpan.FromMinutes(29));
        await manager.GetAsync("/api/v1/me");
        var late = await manager.GetStringAsync(sheet);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var gone = await manager.GetStringAsync(sheet);
        host.Clock.Advance(TimeSpan.FromDays(14));
        var claim = await host.Browser().PostAsJsonAsync("/api/v1/claims", new { certificateNumber = host.Neighbours.NumberOf(welder), code, userName = "too-late", password = AccountsHost.Password, pin = AccountsHost.Pin });

        Assert.Equal([true, true, false, true, false], new[] { shown, twice, foreign, late, gone }.Select(page => page.Contains(code, StringComparison.Ordinal)));
        Assert.Equal("ClaimMismatch", await AccountsHost.RefusalAsync(claim));
    }

    [Fact]
    public async Task Nobody_prints_slips_outside_the_own_scope()
    {
        await using var host = await AccountsHost.StartAsync();
        var (own, other) = (host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise());
        host.Neighbours.ACertifiedWelder(other);
        var manager = await host.StaffAsync("safety-manager", "manager", own.Value);

        Assert.Equal("EnterpriseUnknown", await AccountsHost.RefusalAsync(await manager.PostAsJsonAsync("/api/v1/invitations/many", new { enterprise = other.Value })));
        Assert.Equal("NobodyToInvite", await AccountsHost.RefusalAsync(await manager.PostAsJsonAsync("/api/v1/invitations/many", new { })));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Browser().PostAsJsonAsync("/api/v1/invitations/many", new { })).StatusCode);
    }
}
