using Anlan.Contracts.Welding;
using Anlan.Kernel.Events;

namespace Anlan.Welding.Fitting;

/// <summary>A machine's fitting is no longer what it was: a running session is judged again.</summary>
/// <param name="Machine">The machine.</param>
internal sealed record FittingChanged(MachineId Machine) : IDomainEvent
{
    public string Subject => $"machine/{Machine.Value}";
}
