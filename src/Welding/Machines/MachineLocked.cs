using Anlan.Contracts.Welding;
using Anlan.Kernel.Events;

namespace Anlan.Welding.Machines;

/// <summary>A machine was locked or scrapped: a session that runs there ends.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Reason">The person's own words.</param>
internal sealed record MachineLocked(MachineId Machine, string Reason) : IDomainEvent
{
    public string Subject => $"machine/{Machine.Value}";
}
