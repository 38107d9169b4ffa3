using Anlan.Contracts.Welding;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;
using Anlan.Welding.Machines;

namespace Anlan.Welding.Problems;

/// <summary>Tells incidents from the log. A machine that was never registered has none: nobody would know where it stands.</summary>
internal sealed class IncidentProjection(MachineIndex machines) : IProjection
{
    public Task ApplyAsync(AnlanDb db, IReadOnlyList<LogRecord> batch, CancellationToken stop)
    {
        foreach (var record in batch)
        {
            if (record.Body is not IChipBody { Machine: { } id } body || IncidentOf(body) is not { } told || machines.Find(new MachineId(id)) is not { } machine) continue;
            var at = body.At is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : record.At;
            db.Put(new MachineIncident
            {
                Seq = record.Seq,
                Kind = told.Kind,
                Machine = machine.Id,
                Enterprise = machine.UserEnterprise,
                Division = machine.Division,
                At = at < record.At ? at : record.At,
                Amperes = told.Amperes,
            });
        }

        return Task.CompletedTask;
    }

    private static (IncidentKind Kind, double? Amperes)? IncidentOf(IChipBody body) => body switch
    {
        StrayBody stray => (IncidentKind.Ungranted, stray.PeakAmperes),
        EventBody { Kind: ChipEventKind.ArcWithoutGrant } arc => (IncidentKind.Ungranted, arc.Value),
        EventBody { Kind: ChipEventKind.Tamper } => (IncidentKind.Tampered, null),
        _ => null,
    };
}
