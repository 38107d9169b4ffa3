using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Contracts.Accounts;
using Anlan.Host.Privacy.Retention;
using Anlan.Tests.Enterprises;
using Anlan.Toolkit.Audit;
using Anlan.Toolkit.Personal;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Tests.Platform.Host.Privacy.Retention;

public sealed class DeletePastRecordsTests
{
    private const string Identity = "990000198506151232";

    [Fact]
    public async Task What_is_past_the_longest_term_goes_in_batches_and_what_is_not_stays()
    {
        await using var host = await RegistryHost.StartAsync();
        var begin = host.Clock.GetUtcNow();
        await AddAuditsAsync(host, 1_200, begin.AddDays(-1_100));
        await AddAuditsAsync(host, 3, begin.AddDays(-1_000));

        Assert.Equal(1_200, await host.Get<DeletePastRecords>().RunAsync(host.Today, CancellationToken.None));

        Assert.Equal(3, (await host.AuditAsync()).Count(audit => audit.Action == "test.done"));
        Assert.Contains(await host.AuditAsync(), audit => audit.Action == "privacy.retention.deleted" && audit.Details!.Contains("1200", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_names_kinds_rules_and_what_the_next_night_will_delete()
    {
        await using var host = await RegistryHost.StartAsync();
        await AddAuditsAsync(host, 2, host.Clock.GetUtcNow().AddDays(-1_095).AddHours(3));
        await host.Get<DeletePastRecords>().RunAsync(host.Today, CancellationToken.None);

        Assert.Equal(HttpStatusCode.Forbidden, (await host.Bureau.GetAsync("retention")).StatusCode);
        var kinds = (await host.As(RoleNames.SystemAdministrator).GetFromJsonAsync<JsonElement>("retention")).EnumerateArray().ToDictionary(row => row.GetProperty("kind").GetString()!);

        var audit = kinds["audit"];
        Assert.Equal((1_095, 2), (audit.GetProperty("days").GetInt32(), audit.GetProperty("due").GetInt32()));
        Assert.Equal(["KEEP-AUDIT", "KEEP-AUDIT-LAW"], audit.GetProperty("rules").EnumerateArray().Select(rule => rule.GetString()));
        Assert.Equal(0, audit.GetProperty("lastDeleted").GetInt32());
        Assert.Subset(kinds.Keys.ToHashSet(), new HashSet<string> { "access", "messages", "rejected", "formerNames" });
        host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, await host.Get<DeletePastRecords>().RunAsync(host.Today, CancellationToken.None));
    }

    [Fact]
    public async Task A_night_is_done_once()
    {
        await using var host = await RegistryHost.StartAsync();
        await host.Get<DeletePastRecords>().RunAsync(host.Today, CancellationToken.None);
        await AddAuditsAsync(host, 1, host.Clock.GetUtcNow().AddDays(-2_000));

        Assert.Equal(0, await host.Get<DeletePastRecords>().RunAsync(host.Today, CancellationToken.None));
        host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await host.Get<DeletePastRecords>().RunAsync(host.Today, CancellationToken.None));
    }

    [Fact]
    public async Task A_hold_keeps_what_is_of_a_person_until_it_is_lifted()
    {
        await using var host = await RegistryHost.StartAsync();
        var (held, other) = (await host.APersonAsync("Shen Anlan", Identity), await host.APersonAsync());
        foreach (var person in (Guid[])[held, other])
        {
            await host.Bureau.GetAsync($"people/{person}");
            await host.Bureau.PutAsJsonAsync($"people/{person}", new { name = "Shen Newname" });
        }

        var chief = host.As(RoleNames.SystemAdministrator);
        var hold = await RegistryHost.IdAsync(await chief.PostAsJsonAsync("holds", new { number = Identity, reason = "case 12/2026" }));
        host.GoTo(host.Today.AddYears(4));
        await host.Get<DeletePastRecords>().RunAsync(host.Today, CancellationToken.None);

        Assert.Equal([held], await host.ReadAsync(db => db.Set<AccessedPerson>().Select(seen => seen.Person).ToListAsync()));
        Assert.Contains(await host.AuditAsync(), audit => audit.Subject == $"person/{held}");
        Assert.DoesNotContain(await host.AuditAsync(), audit => audit.Subject == $"person/{other}");

        (await chief.PostAsJsonAsync($"holds/{hold}/lift", new { reason = "closed" })).EnsureSuccessStatusCode();
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.Get<DeletePastRecords>().RunAsync(host.Today, CancellationToken.None);
        Assert.Empty(await host.ReadAsync(db => db.Set<AccessedPerson>().ToListAsync()));
        Assert.Empty(await host.ReadAsync(db => db.Set<AccessRecord>().ToListAsync()));
    }

    [Fact]
    public async Task A_hold_names_somebody_who_exists_and_is_set_once()
    {
        await using var host = await RegistryHost.StartAsync();
        await host.APersonAsync("Shen Anlan", Identity);
        var chief = host.As(RoleNames.SystemAdministrator);

        Assert.Equal(["number:HoldSubjectUnknown"], await RegistryHost.RefusalsAsync(await chief.PostAsJsonAsync("holds", new { number = "990000198506151233", reason = "case" })));
        (await chief.PostAsJsonAsync("holds", new { number = Identity, reason = "case" })).EnsureSuccessStatusCode();
        Assert.Equal(["HeldAlready"], await RegistryHost.RefusalsAsync(await chief.PostAsJsonAsync("holds", new { number = Identity, reason = "case" })));
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Bureau.PostAsJsonAsync("holds", new { number = Identity, reason = "case" })).StatusCode);
    }

    private static async Task AddAuditsAsync(RegistryHost host, int count, DateTimeOffset at) => await host.ReadAsync(async db =>
    {
        for (var i = 0; i < count; i++) db.Add(new AuditRecord { Id = Guid.CreateVersion7(at), At = at, Action = "test.done", Subject = "test/1" });
        await db.SaveChangesAsync();
        return count;
    });
}
