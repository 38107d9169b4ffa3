using Anlan.Tests.Welding.Profiles;
using Anlan.Toolkit.Log;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;
using Anlan.Welding.Machines;
using Anlan.Welding.Problems;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Welding.Problems;

public sealed class IncidentProjectionTests
{
    [Fact]
    public async Task An_arc_without_a_grant_and_an_opened_chip_are_told_where_the_machine_stood_and_nothing_else_is()
    {
        await using var host = await ProfilesHost.StartAsync();
        var machine = await host.AMachineAsync(host.Neighbours.AnEnterprise(), chip: "CHIP-1");
        var (id, at) = (machine.Id.Value, host.Now.ToUnixTimeMilliseconds());
        object[] bodies =
        [
            new EventBody("CHIP-1", id, 1, 1, 1, at - 5_000, ChipEventKind.ArcWithoutGrant, 187), new StrayBody("CHIP-1", id, 1, 2, 2, at + 9_000, null, 120), new EventBody("CHIP-1", id, 1, 3, 3, null, ChipEventKind.Tamper, null),
            new EventBody("CHIP-1", id, 1, 4, 4, null, ChipEventKind.Button, null), new EventBody("CHIP-2", null, 1, 1, 1, null, ChipEventKind.Tamper, null),
        ];

        await host.ReadAsync(async db =>
        {
            await new IncidentProjection(host.Services.GetRequiredService<MachineIndex>()).ApplyAsync(db, [.. bodies.Select((body, i) => new LogRecord(i + 1, host.Now, "chip.event", "machine", body))], CancellationToken.None);
            await db.SaveAsync();
            return true;
        });

        var told = await host.ReadAsync(db => db.Set<MachineIncident>().AsNoTracking().OrderBy(i => i.Seq).ToListAsync());
        Assert.Equal([(1, IncidentKind.Ungranted, 187), (2, IncidentKind.Ungranted, 120), (3, IncidentKind.Tampered, null)], told.Select(i => (i.Seq, i.Kind, i.Amperes)));
        // A chip's clock may be behind, never ahead of the receipt.
        Assert.Equal([host.Now.AddSeconds(-5), host.Now, host.Now], told.Select(i => i.At));
        Assert.All(told, i => Assert.Equal((machine.Id, machine.UserEnterprise, machine.Division), (i.Machine, i.Enterprise, i.Division!.Value)));
    }
}
