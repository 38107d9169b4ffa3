using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Accounts;
using Anlan.Accounts.Keys;
using Anlan.Contracts.Accounts;
using Anlan.Toolkit.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Accounts.Keys;

/// <summary>Programs with keys: what a key opens, when it ends, and what it never does.</summary>
public sealed class KeySignInTests
{
    [Fact]
    public async Task A_key_opens_what_it_carries_and_nothing_else_of_its_account()
    {
        await using var host = await AccountsHost.StartAsync();
        using var officer = await host.StaffAsync(RoleNames.CityBureau, "officer");
        using var program = Program(host, (await MakeAsync(officer, "accounts.organs.view")).GetProperty("key").GetString()!);

        var organs = await program.GetAsync("/api/v1/organs");
        var accounts = await program.GetAsync("/api/v1/accounts");
        var me = await AccountsHost.JsonAsync(await program.GetAsync("/api/v1/me"));

        Assert.Equal(HttpStatusCode.OK, organs.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, accounts.StatusCode);
        Assert.Equal("officer", me.GetProperty("userName").GetString());
    }

    [Fact]
    public async Task A_key_is_shown_once_and_kept_as_a_hash_that_opens_nothing()
    {
        await using var host = await AccountsHost.StartAsync();
        using var officer = await host.StaffAsync(RoleNames.CityBureau, "officer");

        var key = (await MakeAsync(officer, "accounts.organs.view")).GetProperty("key").GetString()!;
        var list = await officer.GetStringAsync("/api/v1/me/keys");
        var stored = await ReadAsync(host, db => db.Keys.AsNoTracking().SingleAsync());

        Assert.Matches("^anlan_[a-z2-9]{40}$", key);
        Assert.DoesNotContain(key, list, StringComparison.Ordinal);
        Assert.Contains(key[..12], list, StringComparison.Ordinal);
        Assert.DoesNotContain(key[12..], JsonSerializer.Serialize(stored), StringComparison.Ordinal);
        using var thief = Program(host, "anlan_" + stored.Hash[..40]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.GetAsync("/api/v1/organs")).StatusCode);
    }

    [Fact]
    public async Task Revoking_a_key_and_disabling_its_account_count_with_the_next_request()
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.AdministratorAsync();
        using var officer = await host.StaffAsync(RoleNames.CityBureau, "officer");
        var (first, second) = (await MakeAsync(officer, "accounts.organs.view"), await MakeAsync(officer, "accounts.organs.view"));
        using var one = Program(host, first.GetProperty("key").GetString()!);
        using var other = Program(host, second.GetProperty("key").GetString()!);
        Assert.Equal(HttpStatusCode.OK, (await one.GetAsync("/api/v1/organs")).StatusCode);

        var revoked = await officer.PostAsJsonAsync($"/api/v1/me/keys/{first.GetProperty("id").GetGuid()}/revoke", new { reason = "leaked" });

        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await one.GetAsync("/api/v1/organs")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/api/v1/organs")).StatusCode);
        var account = (await AccountsHost.JsonAsync(await officer.GetAsync("/api/v1/me"))).GetProperty("account").GetGuid();
        await chief.PostAsJsonAsync($"/api/v1/accounts/{account}/disable", new { reason = "left" });
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.GetAsync("/api/v1/organs")).StatusCode);
    }

    [Fact]
    public async Task A_permission_that_the_role_loses_the_key_loses_too()
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.AdministratorAsync();
        using var officer = await host.StaffAsync(RoleNames.CityBureau, "officer");
        using var program = Program(host, (await MakeAsync(officer, "accounts.organs.view")).GetProperty("key").GetString()!);

        await chief.PutAsJsonAsync("/api/v1/roles/city-bureau", new { permissions = new[] { "accounts.keys.own" } });

        Assert.Equal(HttpStatusCode.Forbidden, (await program.GetAsync("/api/v1/organs")).StatusCode);
        Assert.Equal(["accounts.organs.view"], (await AccountsHost.JsonAsync(await officer.GetAsync("/api/v1/me/keys"))).GetProperty("items")[0].GetProperty("lost").EnumerateArray().Select(p => p.GetString()));
    }

    [Fact]
    public async Task A_key_ends_with_its_last_day()
    {
        await using var host = await AccountsHost.StartAsync();
        using var officer = await host.StaffAsync(RoleNames.CityBureau, "officer");
        using var program = Program(host, (await MakeAsync(officer, "accounts.organs.view", lastDay: "2040-03-06")).GetProperty("key").GetString()!);

        host.Clock.Advance(TimeSpan.FromHours(24));
        var onLastDay = await program.GetAsync("/api/v1/organs");
        host.Clock.Advance(TimeSpan.FromHours(24));
        var afterwards = await program.GetAsync("/api/v1/organs");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (onLastDay.StatusCode, afterwards.StatusCode));
    }

    [Theory]
    [InlineData("permissions:KeyCarriesNothing", null, "2040-06-01", null)]
    [InlineData("permissions:PermissionNotOwn", "accounts.edit", "2040-06-01", null)]
    [InlineData("permissions:PermissionNotOwn", "accounts.everything", "2040-06-01", null)]
    [InlineData("permissions:PermissionNotForKeys", "accounts.invite", "2040-06-01", null)]
    [InlineData("permissions:PermissionNotForKeys", "accounts.keys.own", "2040-06-01", null)]
    [InlineData("lastDay:LastDayMissing", "accounts.organs.view", null, null)]
    [InlineData("lastDay:LastDayPast", "accounts.organs.view", "2040-03-04", null)]
    [InlineData("lastDay:KeyTooLong", "accounts.organs.view", "2041-03-06", null)]
    [InlineData("networks:NetworkInvalid", "accounts.organs.view", "2040-06-01", "10.2.0.0/33")]
    [InlineData("networks:NetworkInvalid", "accounts.organs.view", "2040-06-01", "home")]
    public async Task What_is_wrong_with_a_key_is_told(string refusal, string? permission, string? lastDay, string? network)
    {
        await using var host = await AccountsHost.StartAsync();
        using var officer = await host.StaffAsync(RoleNames.CityBureau, "officer");

        var answer = await officer.PostAsJsonAsync("/api/v1/me/keys", new { name = "figures", permissions = permission is null ? [] : new[] { permission }, lastDay, networks = network is null ? null : new[] { network } });

        Assert.Equal([refusal], await ModuleHost.RefusalsAsync(answer));
    }

    [Fact]
    public async Task A_key_proves_no_presence_administers_nothing_and_makes_no_further_keys()
    {
        await using var host = await AccountsHost.StartAsync();
        using var officer = await host.StaffAsync(RoleNames.CityBureau, "officer");
        using var program = Program(host, (await MakeAsync(officer, "accounts.organs.view")).GetProperty("key").GetString()!);

        Assert.Equal(HttpStatusCode.Forbidden, (await program.PostAsJsonAsync("/api/v1/me/proof", new { pin = AccountsHost.Pin })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.PostAsJsonAsync("/api/v1/invitations", new { role = "safety-manager" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.PostAsJsonAsync("/api/v1/me/keys", new { name = "more" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.GetAsync("/api/v1/roles")).StatusCode);
    }

    [Fact]
    public async Task A_key_is_for_the_api_only_and_pages_ask_for_a_person()
    {
        await using var host = await AccountsHost.StartAsync();
        using var officer = await host.StaffAsync(RoleNames.CityBureau, "officer");
        using var program = Program(host, (await MakeAsync(officer, "accounts.organs.view")).GetProperty("key").GetString()!);

        var page = await program.GetAsync("/organs");

        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.StartsWith("/sign-in", page.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_refused_from_a_network_that_it_does_not_name_and_the_refusal_is_recorded()
    {
        await using var host = await AccountsHost.StartAsync();
        using var officer = await host.StaffAsync(RoleNames.CityBureau, "officer");
        // The test's requests come from no address at all.
        using var program = Program(host, (await MakeAsync(officer, "accounts.organs.view", network: "10.2.0.0/16")).GetProperty("key").GetString()!);

        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/organs")).StatusCode);
        Assert.Contains(await AuditAsync(host), entry => entry.Action == "accounts.key.refused");
    }

    [Theory]
    [InlineData("10.2.0.0/16", "10.2.3.4", true)]
    [InlineData("10.2.0.0/16", "::ffff:10.2.3.4", true)]
    [InlineData("10.2.0.0/16", "10.3.0.1", false)]
    [InlineData("2001:db8::/32", "2001:db8::1", true)]
    [InlineData("2001:db8::/32", "10.2.3.4", false)]
    public void A_network_holds_the_addresses_it_names(string network, string address, bool isTaken)
    {
        var key = new KeyFacts(Guid.Empty, Guid.Empty, "", "", System.Collections.Frozen.FrozenSet<string>.Empty, [network], [IPNetwork.Parse(network)], Guid.Empty, default, default, null, null, null);

        Assert.Equal(isTaken, key.IsTakenFrom(IPAddress.Parse(address)));
    }

    [Fact]
    public async Task Guessing_keys_is_braked_like_guessing_passwords()
    {
        await using var host = await AccountsHost.StartAsync();
        using var officer = await host.StaffAsync(RoleNames.CityBureau, "officer");
        var key = (await MakeAsync(officer, "accounts.organs.view")).GetProperty("key").GetString()!;

        for (var guess = 0; guess < 30; guess++)
        {
            using var guessing = Program(host, "anlan_" + new string('a', 40));
            await guessing.GetAsync("/api/v1/organs");
        }

        using var program = Program(host, key);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await program.GetAsync("/api/v1/organs")).StatusCode);
    }

    [Fact]
    public async Task What_a_program_does_is_recorded_with_its_key_and_its_use_is_seen()
    {
        await using var host = await AccountsHost.StartAsync();
        using var officer = await host.StaffAsync(RoleNames.CityBureau, "officer");
        var made = await MakeAsync(officer, "accounts.organs.view");
        using var program = Program(host, made.GetProperty("key").GetString()!);

        (await program.GetAsync("/api/v1/organs/export")).EnsureSuccessStatusCode();

        var exported = (await AuditAsync(host)).Single(entry => entry.Action == "accounts.organs.exported");
        Assert.Equal(made.GetProperty("id").GetGuid(), exported.Key);
        var row = (await AccountsHost.JsonAsync(await officer.GetAsync("/api/v1/me/keys"))).GetProperty("items")[0];
        Assert.Equal(host.Clock.GetUtcNow(), row.GetProperty("lastUsedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Everybodys_keys_are_exported_without_the_keys_themselves_and_that_is_recorded()
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.AdministratorAsync();
        using var officer = await host.StaffAsync(RoleNames.CityBureau, "officer");
        var key = (await MakeAsync(officer, "accounts.organs.view")).GetProperty("key").GetString()!;

        var file = await chief.GetStringAsync("/api/v1/keys/export?search=figures");

        var lines = file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("figures,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",officer,accounts.organs.view,2040-06-01,", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain(key, file, StringComparison.Ordinal);
        Assert.Single(await AuditAsync(host), entry => entry.Action == "accounts.keys.exported");
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("/api/v1/keys/export")).StatusCode);
    }

    [Fact]
    public async Task A_service_account_has_keys_but_no_password_and_only_the_security_administrator_makes_it()
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.AdministratorAsync();
        using var officer = await host.StaffAsync(RoleNames.CityBureau, "officer");
        var organ = (await AccountsHost.JsonAsync(await officer.GetAsync("/api/v1/me"))).GetProperty("organ").GetProperty("id").GetGuid();
        var request = new { userName = "city-hall", displayName = "City operations", role = "city-bureau", organ };

        var byOfficer = await officer.PostAsJsonAsync("/api/v1/service-accounts", request);
        var made = await AccountsHost.JsonAsync(await chief.PostAsJsonAsync("/api/v1/service-accounts", request));
        var account = made.GetProperty("account").GetGuid();
        var key = await AccountsHost.JsonAsync(await chief.PostAsJsonAsync($"/api/v1/accounts/{account}/keys", new { name = "figures", permissions = new[] { "accounts.organs.view" }, lastDay = "2040-06-01" }));
        using var program = Program(host, key.GetProperty("key").GetString()!);

        Assert.Equal(HttpStatusCode.Forbidden, byOfficer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/organs")).StatusCode);
        Assert.Equal("ServiceAccount", await AccountsHost.RefusalAsync(await chief.PostAsJsonAsync($"/api/v1/accounts/{account}/reset", new { isInPerson = true })));
        var person = (await AccountsHost.JsonAsync(await officer.GetAsync("/api/v1/me"))).GetProperty("account").GetGuid();
        Assert.Equal("KeyOnlyForService", await AccountsHost.RefusalAsync(await chief.PostAsJsonAsync($"/api/v1/accounts/{person}/keys", new { name = "spy" })));
    }

    private static async Task<JsonElement> MakeAsync(HttpClient desk, string permission, string lastDay = "2040-06-01", string? network = null)
    {
        var made = await desk.PostAsJsonAsync("/api/v1/me/keys", new { name = "figures", permissions = new[] { permission }, lastDay, networks = network is null ? null : new[] { network } });
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        return await AccountsHost.JsonAsync(made);
    }

    private static HttpClient Program(AccountsHost host, string key)
    {
        var program = host.Browser();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return program;
    }

    private static async Task<T> ReadAsync<T>(AccountsHost host, Func<AccountsDb, Task<T>> read)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<AccountsDb>());
    }

    private static Task<List<AuditRecord>> AuditAsync(AccountsHost host) => ReadAsync(host, db => db.Context.Set<AuditRecord>().AsNoTracking().OrderBy(a => a.Id).ToListAsync());
}
