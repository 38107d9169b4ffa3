using System.Net;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Divisions;
using Anlan.Tests.Welding.Machines;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Welding.Sessions;

public sealed class ExportSessionsTests
{
    [Fact]
    public async Task The_file_holds_the_filtered_list_in_the_readers_language_and_is_on_record()
    {
        await using var host = await MachinesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise("=cmd|' /C calc'!A0");
        await host.AMachineAsync(works);
        await host.AMachineAsync(works, "WJ-0002");
        await host.ProjectAsync(Session(host, "WJ-0001", works, 1, "stop"), Session(host, "WJ-0001", works, 2, null), Session(host, "WJ-0002", works, 3, "leaseEnd"));
        host.Bureau.DefaultRequestHeaders.Add("Accept-Language", "en");

        var lines = await CsvLines.OfAsync(await host.Bureau.GetAsync("sessions/export?search=wj-0001"));
        var ended = await CsvLines.OfAsync(await host.Bureau.GetAsync("sessions/export?search=WJ-0001&open=false"));

        Assert.StartsWith("Machine,Welder,Enterprise,Decided,", lines[0], StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);
        Assert.Contains("WJ-0001,沈*明,'=cmd|' /C calc'!A0,2040-03-05 09:02:00,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",stopped by the welder,", Assert.Single(ended.Skip(1)), StringComparison.Ordinal);
        Assert.Equal("welding.sessions.exported", (await host.AuditAsync())[^1].Action);

        var unconfirmed = await CsvLines.OfAsync(await host.Bureau.GetAsync("sessions/export?search=WJ-0002"));
        Assert.Contains(",lease ended (not confirmed by the chip),", Assert.Single(unconfirmed.Skip(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_safety_manager_takes_the_own_sessions_a_welder_none()
    {
        await using var host = await MachinesHost.StartAsync();
        var (own, other) = (host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise());
        await host.AMachineAsync(own);
        await host.AMachineAsync(other, "WJ-0002");
        await host.ProjectAsync(Session(host, "WJ-0001", own, 1, "stop"), Session(host, "WJ-0002", other, 2, "stop"));

        var lines = await CsvLines.OfAsync(await host.As("safety-manager", own).GetAsync("sessions/export"));

        Assert.Contains("WJ-0001", Assert.Single(lines.Skip(1)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.As("welder").GetAsync("sessions/export")).StatusCode);
    }

    [Fact]
    public async Task A_long_list_is_whole_also_where_many_sessions_began_at_the_same_moment()
    {
        await using var host = await MachinesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        await host.AMachineAsync(works);
        await host.ProjectAsync(Enumerable.Range(0, 3_500).Select(i => Session(host, "WJ-0001", works, i < 2_600 ? 5 : i, "stop")));

        var lines = await CsvLines.OfAsync(await host.Bureau.GetAsync("sessions/export"));

        Assert.Equal(3_501, lines.Distinct().Count());
        Assert.Equal(3_501, lines.Length);
    }

    private static WeldSession Session(MachinesHost host, string machine, EnterpriseId enterprise, int minute, string? end)
    {
        var from = host.Clock.GetUtcNow().AddMinutes(minute);
        return new WeldSession
        {
            Id = new SessionId(Guid.CreateVersion7()),
            Machine = host.Services.GetRequiredService<MachineIndex>().FindByCode(machine)!.Id,
            Person = host.Neighbours.APerson(),
            Enterprise = enterprise,
            Division = new DivisionCode("990521001"),
            Chip = "CHIP-1",
            StartedAt = from,
            PoweredAt = from,
            LeaseUntil = from.AddMinutes(15),
            EndedAt = end is null ? null : from.AddMinutes(3),
            EndReason = end,
            IsEndConfirmed = end != "leaseEnd",
        };
    }
}
