using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Toolkit.Log;

namespace Anlan.Welding.Sessions;

/// <summary>The open sessions of this moment, read from the log's holds.</summary>
internal sealed class OpenSessions(HotLog log)
{
    /// <summary>The open session at a machine, or null.</summary>
    public OpenSession? At(MachineId machine) => log.FindHold(OpenSession.KeyOf(machine)) is { } hold ? OpenSession.Read(hold) : null;

    /// <summary>The open session of a person, or null.</summary>
    public OpenSession? Of(PersonId person) =>
        log.FindHold(OpenSession.KeyOf(person)) is { } hold ? At(OpenSession.MachineOf(hold)) : null;

    /// <summary>Open sessions whose newest grant the chip has not acknowledged. One that is ending waits for no grant any more.</summary>
    public IReadOnlyList<OpenSession> Unacknowledged => [.. All.Where(open => !open.IsGrantAcknowledged && open.State != SessionState.Ending)];

    /// <summary>All open sessions.</summary>
    public IReadOnlyList<OpenSession> All => [.. log.HoldsUnder("machine/").Select(OpenSession.Read)];
}
