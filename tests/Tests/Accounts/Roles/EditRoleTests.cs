using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Accounts.Roles;
using Anlan.Contracts.Accounts;
using Anlan.Toolkit.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Accounts.Roles;

/// <summary>An office decides what its roles may do; it counts for whoever is signed in, and is on record.</summary>
public sealed class EditRoleTests
{
    [Fact]
    public async Task A_change_counts_at_once_for_an_open_session_and_is_recorded_with_before_and_after()
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.AdministratorAsync();
        using var officer = await host.StaffAsync(RoleNames.CityBureau, "officer");
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync("/api/v1/organs")).StatusCode);
        var permissions = Held(await ShowAsync(chief, RoleNames.CityBureau));

        var saved = await chief.PutAsJsonAsync("/api/v1/roles/city-bureau", new { permissions = permissions.Except(["accounts.organs.view"]) });

        Assert.Equal(HttpStatusCode.NoContent, saved.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("/api/v1/organs")).StatusCode);
        Assert.True((await ShowAsync(chief, RoleNames.CityBureau)).GetProperty("isChanged").GetBoolean());
        var record = (await AuditAsync(host)).Single(entry => entry.Action == "accounts.role.edited");
        var details = JsonElement.Parse(record.Details!);
        Assert.Equal("role/city-bureau", record.Subject);
        Assert.Equal(["accounts.organs.view"], Texts(details.GetProperty("before")).Except(Texts(details.GetProperty("after"))));
    }

    [Fact]
    public async Task The_list_is_exported_as_it_is_filtered_and_that_is_recorded()
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.AdministratorAsync();
        using var officer = await host.StaffAsync(RoleNames.CityBureau, "officer");
        (await chief.PutAsJsonAsync("/api/v1/roles/town-station", new { permissions = Array.Empty<string>() })).EnsureSuccessStatusCode();

        var all = Lines(await chief.GetStringAsync("/api/v1/roles/export"));
        var changed = Lines(await chief.GetStringAsync("/api/v1/roles/export?changed=true"));

        var total = (await AccountsHost.JsonAsync(await chief.GetAsync("/api/v1/roles"))).GetProperty("total").GetInt32();
        Assert.Equal((total + 1, 2), (all.Length, changed.Length));
        Assert.Contains(changed[1], all);
        Assert.Contains(",0,0,", changed[1], StringComparison.Ordinal);
        Assert.Equal(2, (await AuditAsync(host)).Count(entry => entry.Action == "accounts.roles.exported"));
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("/api/v1/roles/export")).StatusCode);

        static string[] Lines(string file) => file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public async Task A_default_is_restored_and_leaves_no_trace_that_later_modules_would_stumble_over()
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.AdministratorAsync();
        var before = Held(await ShowAsync(chief, RoleNames.TownStation));
        await chief.PutAsJsonAsync("/api/v1/roles/town-station", new { permissions = Array.Empty<string>() });
        Assert.Empty(Held(await ShowAsync(chief, RoleNames.TownStation)));

        var restored = await chief.PostAsync("/api/v1/roles/town-station/restore", null);

        Assert.Equal(HttpStatusCode.NoContent, restored.StatusCode);
        Assert.Equal(before, Held(await ShowAsync(chief, RoleNames.TownStation)));
        await using var scope = host.Services.CreateAsyncScope();
        Assert.Empty(await scope.ServiceProvider.GetRequiredService<Anlan.Accounts.AccountsDb>().Roles.ToListAsync());
    }

    [Fact]
    public async Task A_role_of_the_offices_own_is_made_held_and_removed_once_nobody_holds_it()
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.AdministratorAsync();

        var added = await chief.PostAsJsonAsync("/api/v1/roles", new { code = "duty-officer", nameZh = "值班员", nameEn = "Duty officer", standing = "organ", organKinds = new[] { "cityBureau" }, permissions = new[] { "accounts.organs.view" } });
        using var officer = await host.StaffAsync("duty-officer", "night");
        var held = await chief.DeleteAsync("/api/v1/roles/duty-officer");

        Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync("/api/v1/organs")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("/api/v1/accounts")).StatusCode);
        Assert.Equal("RoleHeld", await AccountsHost.RefusalAsync(held));
        Assert.Equal(1, (await ShowAsync(chief, "duty-officer")).GetProperty("holders").GetInt32());
    }

    [Fact]
    public async Task Roles_survive_a_restart()
    {
        var host = await AccountsHost.StartAsync();
        var chief = await host.AdministratorAsync();
        await chief.PostAsJsonAsync("/api/v1/roles", new { code = "duty-officer", nameZh = "值班员", nameEn = "Duty officer", standing = "organ", permissions = new[] { "accounts.organs.view" } });
        await chief.PutAsJsonAsync("/api/v1/roles/town-station", new { permissions = new[] { "accounts.organs.view" } });

        await using var again = await AccountsHost.StartAsync(await host.StopAsync());

        var book = again.Services.GetRequiredService<RoleBook>();
        Assert.Equal(["accounts.organs.view"], book.Find("duty-officer")!.Permissions);
        Assert.Equal(["accounts.organs.view"], book.Find("town-station")!.Permissions);
    }

    [Theory]
    [InlineData("security-administrator", "RoleFixed")]
    [InlineData("no-such-role", "RoleUnknown")]
    [InlineData("public", "RoleUnknown")]
    public async Task Some_roles_stay_as_they_are(string role, string refusal)
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.AdministratorAsync();

        Assert.Equal(refusal, await AccountsHost.RefusalAsync(await chief.PutAsJsonAsync($"/api/v1/roles/{role}", new { permissions = Array.Empty<string>() })));
    }

    [Fact]
    public async Task Nobody_edits_the_role_they_hold_nor_raises_oneself()
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.AdministratorAsync();
        await chief.PostAsJsonAsync("/api/v1/roles", new { code = "second-chief", nameZh = "副", nameEn = "Deputy", standing = "installation", permissions = new[] { "accounts.roles.edit", "accounts.roles.view", "accounts.edit", "accounts.view" } });
        using var deputy = await host.StaffAsync("second-chief", "deputy");
        var own = (await AccountsHost.JsonAsync(await deputy.GetAsync("/api/v1/me"))).GetProperty("account").GetGuid();

        var edited = await deputy.PutAsJsonAsync("/api/v1/roles/second-chief", new { permissions = new[] { "accounts.roles.edit", "accounts.keys.edit" } });
        var promoted = await deputy.PostAsJsonAsync($"/api/v1/accounts/{own}/role", new { role = "security-administrator", reason = "me" });
        var crossed = await deputy.PutAsJsonAsync("/api/v1/roles/system-administrator", new { permissions = new[] { "accounts.organs.edit", "accounts.audit.view" } });

        Assert.Equal("OwnRole", await AccountsHost.RefusalAsync(edited));
        Assert.Equal("OwnRole", await AccountsHost.RefusalAsync(promoted));
        Assert.Equal("DutiesNotApart", await AccountsHost.RefusalAsync(crossed));
    }

    [Fact]
    public async Task Only_the_security_administrator_sees_and_changes_roles()
    {
        await using var host = await AccountsHost.StartAsync();
        using var system = await host.SystemAsync();
        using var officer = await host.StaffAsync(RoleNames.CityBureau, "officer");
        using var watcher = await host.StaffAsync(RoleNames.AuditAdministrator, "watcher");

        Assert.Equal(HttpStatusCode.OK, (await watcher.GetAsync("/api/v1/roles")).StatusCode);
        foreach (var desk in (HttpClient[])[system, officer]) Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync("/api/v1/roles")).StatusCode);
        foreach (var desk in (HttpClient[])[system, officer, watcher]) Assert.Equal(HttpStatusCode.Forbidden, (await desk.PutAsJsonAsync("/api/v1/roles/welder", new { permissions = Array.Empty<string>() })).StatusCode);
    }

    [Fact]
    public async Task An_account_gets_another_role_of_the_same_standing_and_its_sessions_end()
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.AdministratorAsync();
        using var officer = await host.StaffAsync(RoleNames.CityBureau, "officer");
        var account = (await AccountsHost.JsonAsync(await officer.GetAsync("/api/v1/me"))).GetProperty("account").GetGuid();

        var unfit = await chief.PostAsJsonAsync($"/api/v1/accounts/{account}/role", new { role = "safety-manager", reason = "moved" });
        var otherKind = await chief.PostAsJsonAsync($"/api/v1/accounts/{account}/role", new { role = "town-station", reason = "moved" });
        var changed = await chief.PostAsJsonAsync($"/api/v1/accounts/{account}/role", new { role = "external-expert", reason = "moved" });

        Assert.Equal("RoleUnfit", await AccountsHost.RefusalAsync(unfit));
        Assert.Equal("RoleUnfit", await AccountsHost.RefusalAsync(otherKind));
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await officer.GetAsync("/api/v1/me")).StatusCode);
        (await AccountsHost.SignInAsync(officer, "officer")).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("/api/v1/accounts")).StatusCode);
    }

    private static async Task<JsonElement> ShowAsync(HttpClient desk, string role) => await AccountsHost.JsonAsync(await desk.GetAsync($"/api/v1/roles/{role}"));

    private static List<string> Held(JsonElement role) => [.. role.GetProperty("permissions").EnumerateArray().Where(permission => permission.GetProperty("isHeld").GetBoolean()).Select(permission => permission.GetProperty("key").GetString()!)];

    private static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Select(item => item.GetString()!);

    private static async Task<List<AuditRecord>> AuditAsync(AccountsHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Anlan.Accounts.AccountsDb>().Context.Set<AuditRecord>().AsNoTracking().OrderBy(a => a.Id).ToListAsync();
    }
}
