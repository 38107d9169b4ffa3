using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Events;
using Anlan.Welding.Fitting;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;

namespace Anlan.Welding.Interlock;

/// <summary>
/// After a condition fell away (its own commit came first), every open session that it may touch is judged again in its machine's turn.
/// A start whose decision is being written at this moment looks at the facts again after its own commit.
/// </summary>
internal sealed class RecheckSessions(OpenSessions sessions, MachineTwins twins) :
    IEventSubscriber<CertificateWithdrawn>, IEventSubscriber<PersonUnbound>, IEventSubscriber<EnterpriseClosed>, IEventSubscriber<MachineLocked>, IEventSubscriber<FittingChanged>
{
    public Task HandleAsync(CertificateWithdrawn happened, Guid eventId, CancellationToken stop) => OfPersonAsync(happened.Person);

    public Task HandleAsync(PersonUnbound happened, Guid eventId, CancellationToken stop) => OfPersonAsync(happened.Person);

    public async Task HandleAsync(EnterpriseClosed happened, Guid eventId, CancellationToken stop)
    {
        foreach (var open in sessions.All.Where(open => open.Enterprise == happened.Enterprise)) await AtAsync(open.Machine);
    }

    public Task HandleAsync(MachineLocked happened, Guid eventId, CancellationToken stop) => AtAsync(happened.Machine);

    public Task HandleAsync(FittingChanged happened, Guid eventId, CancellationToken stop) => AtAsync(happened.Machine);

    /// <summary>Judges the session at one machine again.</summary>
    public Task AtAsync(MachineId machine) => twins.Of(machine.Value).RecheckAsync();

    private Task OfPersonAsync(PersonId person) => sessions.Of(person) is { } open ? AtAsync(open.Machine) : Task.CompletedTask;
}
