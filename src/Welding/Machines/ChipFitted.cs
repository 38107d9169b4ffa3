using Anlan.Contracts.Welding;
using Anlan.Kernel.Events;

namespace Anlan.Welding.Machines;

/// <summary>A chip was fitted to a machine, or taken off: then <paramref name="Machine"/> is null. The chip must be told.</summary>
/// <param name="Machine">The machine that it sits on now, or null.</param>
/// <param name="Chip">Serial.</param>
/// <param name="At">When.</param>
internal sealed record ChipFitted(MachineId? Machine, string Chip, DateTimeOffset At) : IDomainEvent
{
    public string Subject => $"chip/{Chip}";
}
