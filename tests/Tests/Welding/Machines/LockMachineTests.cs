using System.Net;
using System.Net.Http.Json;
using Anlan.Welding.Machines;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Welding.Machines;

public sealed class LockMachineTests
{
    [Fact]
    public async Task A_lock_is_known_at_once_written_down_and_told()
    {
        await using var host = await MachinesHost.StartAsync();
        var code = await host.AMachineAsync(host.Neighbours.AnEnterprise(), chip: "CHIP-1");

        var answer = await DoAsync(host.Bureau, code, "lock", "cable damaged");

        var machine = host.Services.GetRequiredService<MachineIndex>().FindByCode(code)!;
        var told = (await host.OutboxAsync())[^1];
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("cable damaged", machine.LockReason);
        Assert.Equal(($"machine/{machine.Id.Value}", typeof(MachineLocked).FullName), (told.Subject, told.Type));
        Assert.Equal("welding.machine.locked", (await host.AuditAsync())[^1].Action);
    }

    [Fact]
    public async Task An_unlocked_machine_is_free_again()
    {
        await using var host = await MachinesHost.StartAsync();
        var own = host.Neighbours.AnEnterprise();
        var code = await host.AMachineAsync(own);
        var manager = host.As("safety-manager", own);
        await DoAsync(manager, code, "lock", "cable damaged");

        var answer = await DoAsync(manager, code, "unlock", "cable replaced");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Null(host.Services.GetRequiredService<MachineIndex>().FindByCode(code)!.LockReason);
        Assert.Equal(["NotLocked"], await MachinesHost.RefusalsAsync(await DoAsync(manager, code, "unlock", "again")));
    }

    [Fact]
    public async Task A_lock_of_the_bureau_is_lifted_by_the_bureau_only()
    {
        await using var host = await MachinesHost.StartAsync();
        var own = host.Neighbours.AnEnterprise();
        var code = await host.AMachineAsync(own);
        var manager = host.As("safety-manager", own);
        await DoAsync(host.Bureau, code, "lock", "illegal hot work");

        var seen = await MachinesHost.JsonAsync(await manager.GetAsync($"machines/{code}"));
        var byManager = await DoAsync(manager, code, "unlock", "please");
        var byBureau = await DoAsync(host.Bureau, code, "unlock", "mended");

        Assert.False(seen.GetProperty("mayUnlock").GetBoolean());
        Assert.Equal(["LockedByBureau"], await MachinesHost.RefusalsAsync(byManager));
        Assert.Equal(HttpStatusCode.NoContent, byBureau.StatusCode);
    }

    [Fact]
    public async Task The_bureau_takes_over_an_enterprises_lock_and_nobody_replaces_the_bureaus()
    {
        await using var host = await MachinesHost.StartAsync();
        var own = host.Neighbours.AnEnterprise();
        var code = await host.AMachineAsync(own);
        var manager = host.As("safety-manager", own);
        await DoAsync(manager, code, "lock", "cable damaged");

        var taken = await DoAsync(host.Bureau, code, "lock", "illegal hot work");
        var again = await DoAsync(manager, code, "lock", "cable damaged");

        Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
        Assert.Equal(["AlreadyLocked"], await MachinesHost.RefusalsAsync(again));
        Assert.Equal("illegal hot work", host.Services.GetRequiredService<MachineIndex>().FindByCode(code)!.LockReason);
    }

    [Fact]
    public async Task A_scrapped_machine_stays_scrapped()
    {
        await using var host = await MachinesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        var code = await host.AMachineAsync(works);

        var answer = await DoAsync(host.Bureau, code, "scrap", "burnt out");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(typeof(MachineLocked).FullName, Assert.Single(await host.OutboxAsync()).Type);
        Assert.Equal(["MachineScrapped"], await MachinesHost.RefusalsAsync(await DoAsync(host.Bureau, code, "scrap", "again")));
        Assert.Equal(["MachineScrapped"], await MachinesHost.RefusalsAsync(await DoAsync(host.Bureau, code, "unlock", "again")));
        Assert.Equal(["MachineScrapped"], await MachinesHost.RefusalsAsync(await host.Bureau.PutAsJsonAsync($"machines/{code}", MachinesHost.ADeclaration(works))));
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("unlock")]
    [InlineData("scrap")]
    public async Task A_reason_is_always_given(string verb)
    {
        await using var host = await MachinesHost.StartAsync();
        var code = await host.AMachineAsync(host.Neighbours.AnEnterprise());

        var answer = await DoAsync(host.Bureau, code, verb, "  ");

        Assert.Equal(["reason:ReasonInvalid"], await MachinesHost.RefusalsAsync(answer));
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("unlock")]
    [InlineData("scrap")]
    public async Task A_machine_out_of_reach_is_unknown_and_an_installer_locks_nothing(string verb)
    {
        await using var host = await MachinesHost.StartAsync();
        var code = await host.AMachineAsync(host.Neighbours.AnEnterprise());

        var foreign = await DoAsync(host.As("safety-manager", host.Neighbours.AnEnterprise()), code, verb, "because");
        var installer = await DoAsync(host.As("installer"), code, verb, "because");

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.Forbidden], [foreign.StatusCode, installer.StatusCode]);
    }

    private static Task<HttpResponseMessage> DoAsync(HttpClient client, string code, string verb, string reason) => client.PostAsJsonAsync($"machines/{code}/{verb}", new { reason });
}
