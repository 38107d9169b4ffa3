using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Toolkit.Log;

namespace Anlan.Welding.Sessions;

/// <summary>The open sessions of this moment, read from the log's holds.</summary>
internal sealed class OpenSessions(HotLog log)
{
    /// <summary>How often one looks who waits for an end: a chip answers within some milliseconds.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>The open session at a machine, or null.</summary>
    public OpenSession? At(MachineId machine) => log.FindHold(OpenSession.KeyOf(machine)) is { } hold ? OpenSession.Read(hold) : null;

    /// <summary>The open session of a person, or null.</summary>
    public OpenSession? Of(PersonId person) =>
        log.FindHold(OpenSession.KeyOf(person)) is { } hold ? At(OpenSession.MachineOf(hold)) : null;

    /// <summary>
    /// Waits until no session of a machine or person is ending any more: whoever stops and goes on at once must not be refused because the chip's word
    /// is still on its way. Decides nothing; who asks is judged afterwards by what is then true.
    /// </summary>
    /// <param name="machine">The machine.</param>
    /// <param name="person">The person, when known.</param>
    /// <param name="most">Longest time to wait.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="stop">Gives up.</param>
    public async Task WaitForEndAsync(MachineId machine, PersonId? person, TimeSpan most, TimeProvider clock, CancellationToken stop)
    {
        for (var from = clock.GetTimestamp(); IsEnding(machine, person) && clock.GetElapsedTime(from) < most;) await Task.Delay(Look, clock, stop);
    }

    private bool IsEnding(MachineId machine, PersonId? person) =>
        At(machine) is { State: SessionState.Ending } || (person is { } id && Of(id) is { State: SessionState.Ending });

    /// <summary>Open sessions whose newest grant the chip has not acknowledged. One that is ending waits for no grant any more.</summary>
    public IReadOnlyList<OpenSession> Unacknowledged => [.. All.Where(open => !open.IsGrantAcknowledged && open.State != SessionState.Ending)];

    /// <summary>All open sessions.</summary>
    public IReadOnlyList<OpenSession> All => [.. log.HoldsUnder("machine/").Select(OpenSession.Read)];
}
