using System.Net;
using System.Net.Http.Json;
using Anlan.Accounts;
using Anlan.Contracts.Accounts;
using Anlan.Toolkit.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Accounts.Delegations;

/// <summary>What a colleague may do with handed-on permissions, from the first to the last day, and how it ends.</summary>
public sealed class DelegationTests
{
    private const string Handed = "accounts.organs.view";

    [Fact]
    public async Task A_colleague_acts_from_the_first_to_the_last_day_on_behalf_of_the_holder()
    {
        await using var host = await AccountsHost.StartAsync();
        using var holder = await host.StaffAsync(RoleNames.CityBureau, "holder");
        using var expert = await host.StaffAsync(RoleNames.ExternalExpert, "expert");
        await HandAsync(holder, await IdAsync(expert), from: "2040-03-06", until: "2040-03-07");
        var seen = new List<HttpStatusCode>();

        for (var day = 5; day <= 8; day++)
        {
            (await AccountsHost.SignInAsync(expert, "expert")).EnsureSuccessStatusCode();
            seen.Add((await expert.GetAsync("/api/v1/organs/export")).StatusCode);
            host.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden], seen);
        (await AccountsHost.SignInAsync(holder, "holder")).EnsureSuccessStatusCode();
        (await holder.GetAsync("/api/v1/organs/export")).EnsureSuccessStatusCode();
        var exports = (await AuditAsync(host)).Where(entry => entry.Action == "accounts.organs.exported").Select(entry => entry.OnBehalfOf).ToList();
        Assert.Equal([await IdAsync(holder), await IdAsync(holder), null], exports);
    }

    [Fact]
    public async Task Revoked_by_the_holder_or_handed_back_it_ends_at_once()
    {
        await using var host = await AccountsHost.StartAsync();
        using var holder = await host.StaffAsync(RoleNames.CityBureau, "holder");
        using var expert = await host.StaffAsync(RoleNames.ExternalExpert, "expert");
        var (first, second) = (await HandAsync(holder, await IdAsync(expert)), await HandAsync(holder, await IdAsync(expert)));

        await holder.PostAsJsonAsync($"/api/v1/me/delegations/{first}/revoke", new { reason = "back" });
        Assert.Equal(HttpStatusCode.OK, (await expert.GetAsync("/api/v1/organs")).StatusCode);
        await expert.PostAsJsonAsync($"/api/v1/me/delegations/{second}/revoke", new { reason = "too much" });

        Assert.Equal(HttpStatusCode.Forbidden, (await expert.GetAsync("/api/v1/organs")).StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_ends_for_good_when_either_account_is_disabled(bool isHolder)
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.AdministratorAsync();
        using var holder = await host.StaffAsync(RoleNames.CityBureau, "holder");
        using var expert = await host.StaffAsync(RoleNames.ExternalExpert, "expert");
        var account = await IdAsync(isHolder ? holder : expert);
        await HandAsync(holder, await IdAsync(expert));

        await chief.PostAsJsonAsync($"/api/v1/accounts/{account}/disable", new { reason = "left" });
        await chief.PostAsJsonAsync($"/api/v1/accounts/{account}/enable", new { reason = "back" });
        (await AccountsHost.SignInAsync(expert, "expert")).EnsureSuccessStatusCode();

        Assert.Equal(HttpStatusCode.Forbidden, (await expert.GetAsync("/api/v1/organs")).StatusCode);
    }

    [Fact]
    public async Task It_ends_when_the_holder_gets_another_role_and_never_gives_more_than_the_holder_has()
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.AdministratorAsync();
        using var holder = await host.StaffAsync(RoleNames.CityBureau, "holder");
        using var other = await host.StaffAsync(RoleNames.CityBureau, "other");
        using var expert = await host.StaffAsync(RoleNames.ExternalExpert, "expert");
        await HandAsync(holder, await IdAsync(expert));
        await chief.PostAsJsonAsync($"/api/v1/accounts/{await IdAsync(holder)}/role", new { role = "enforcement-officer", reason = "moved" });
        Assert.Equal(HttpStatusCode.Forbidden, (await expert.GetAsync("/api/v1/organs")).StatusCode);

        await HandAsync(other, await IdAsync(expert));
        Assert.Equal(HttpStatusCode.OK, (await expert.GetAsync("/api/v1/organs")).StatusCode);
        await chief.PutAsJsonAsync("/api/v1/roles/city-bureau", new { permissions = new[] { "accounts.delegate" } });

        Assert.Equal(HttpStatusCode.Forbidden, (await expert.GetAsync("/api/v1/organs")).StatusCode);
    }

    [Theory]
    [InlineData("permissions:NothingHandedOn", null)]
    [InlineData("permissions:PermissionNotOwn", "accounts.edit")]
    [InlineData("permissions:PermissionNotDelegable", "accounts.invite")]
    [InlineData("permissions:PermissionNotDelegable", "accounts.delegate")]
    [InlineData("permissions:PermissionNotDelegable", "accounts.keys.own")]
    public async Task Some_things_are_never_handed_on(string refusal, string? permission)
    {
        await using var host = await AccountsHost.StartAsync();
        using var holder = await host.StaffAsync(RoleNames.CityBureau, "holder");
        using var expert = await host.StaffAsync(RoleNames.ExternalExpert, "expert");

        var answer = await PostAsync(holder, await IdAsync(expert), permission is null ? [] : [permission]);

        Assert.Equal([refusal], await ModuleHost.RefusalsAsync(answer));
    }

    [Fact]
    public async Task What_was_received_is_not_handed_further()
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.AdministratorAsync();
        await chief.PutAsJsonAsync("/api/v1/roles/external-expert", new { permissions = new[] { "accounts.delegate", "accounts.delegations.own" } });
        using var holder = await host.StaffAsync(RoleNames.CityBureau, "holder");
        using var expert = await host.StaffAsync(RoleNames.ExternalExpert, "expert");
        using var third = await host.StaffAsync(RoleNames.ExternalExpert, "third");
        await HandAsync(holder, await IdAsync(expert));

        var answer = await PostAsync(expert, await IdAsync(third), [Handed]);

        Assert.Equal(["permissions:PermissionNotOwn"], await ModuleHost.RefusalsAsync(answer));
    }

    [Fact]
    public async Task Only_to_a_colleague_with_a_written_instrument_and_in_the_right_order_of_days()
    {
        await using var host = await AccountsHost.StartAsync();
        using var system = await host.SystemAsync();
        using var holder = await host.StaffAsync(RoleNames.CityBureau, "holder");
        var elsewhere = await AccountsHost.AnOrganAsync(system, "countyBureau", "Elm Bureau", division: "990521");
        using var stranger = await host.StaffAsync(RoleNames.CountyBureau, "stranger", organ: elsewhere);

        var toStranger = await PostAsync(holder, await IdAsync(stranger), [Handed]);
        var toSelf = await PostAsync(holder, await IdAsync(holder), [Handed]);
        var empty = await holder.PostAsJsonAsync("/api/v1/me/delegations", new { firstDay = "2040-03-04", lastDay = "2040-03-01" });

        Assert.Equal(["delegate:NoColleague"], await ModuleHost.RefusalsAsync(toStranger));
        Assert.Equal(["delegate:NoColleague"], await ModuleHost.RefusalsAsync(toSelf));
        Assert.Equal(
            ["delegate:NoColleague", "permissions:NothingHandedOn", "firstDay:FirstDayPast", "number:InstrumentNumberInvalid", "title:InstrumentTitleInvalid", "text:InstrumentTextInvalid"], await ModuleHost.RefusalsAsync(empty));
    }

    [Fact]
    public async Task Both_see_it_and_so_do_those_above_and_nobody_else()
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.AdministratorAsync();
        using var system = await host.SystemAsync();
        using var above = await host.StaffAsync(RoleNames.CityBureau, "above");
        var city = (await AccountsHost.JsonAsync(await above.GetAsync("/api/v1/me"))).GetProperty("organ").GetProperty("id").GetGuid();
        var county = await AccountsHost.AnOrganAsync(system, "countyBureau", "Elm Bureau", parent: city, division: "990521");
        var other = await AccountsHost.AnOrganAsync(system, "countyBureau", "Oak Bureau", parent: city);
        using var holder = await host.StaffAsync(RoleNames.CountyBureau, "holder", organ: county);
        using var expert = await host.StaffAsync(RoleNames.ExternalExpert, "expert", organ: county);
        using var stranger = await host.StaffAsync(RoleNames.CountyBureau, "stranger", organ: other);
        var id = await HandAsync(holder, await IdAsync(expert));

        Assert.Equal(1, await CountAsync(holder, "me/delegations"));
        Assert.Equal(1, await CountAsync(expert, "me/delegations"));
        Assert.Equal(1, await CountAsync(above, "delegations"));
        Assert.Equal(1, await CountAsync(chief, "delegations"));
        Assert.Equal(0, await CountAsync(stranger, "delegations"));
        Assert.Equal(0, await CountAsync(stranger, "me/delegations"));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsJsonAsync($"/api/v1/me/delegations/{id}/revoke", new { reason = "mine" })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await chief.PostAsJsonAsync($"/api/v1/delegations/{id}/revoke", new { reason = "misuse" })).StatusCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient holder, Guid to, string[] permissions, string first = "2040-03-05", string last = "2040-03-31") =>
        await holder.PostAsJsonAsync("/api/v1/me/delegations", new { @delegate = to, permissions, firstDay = first, lastDay = last, number = "No. 7", title = "Leave", text = "For the time of my leave." });

    private static async Task<Guid> HandAsync(HttpClient holder, Guid to, string from = "2040-03-05", string until = "2040-03-31")
    {
        var made = await PostAsync(holder, to, [Handed], from, until);
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        return (await AccountsHost.JsonAsync(made)).GetProperty("id").GetGuid();
    }

    private static async Task<Guid> IdAsync(HttpClient desk) => (await AccountsHost.JsonAsync(await desk.GetAsync("/api/v1/me"))).GetProperty("account").GetGuid();

    private static async Task<int> CountAsync(HttpClient desk, string list) => (await AccountsHost.JsonAsync(await desk.GetAsync("/api/v1/" + list))).GetProperty("total").GetInt32();

    private static async Task<List<AuditRecord>> AuditAsync(AccountsHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AccountsDb>().Context.Set<AuditRecord>().AsNoTracking().OrderBy(a => a.Id).ToListAsync();
    }
}
