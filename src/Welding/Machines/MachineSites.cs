using Anlan.Contracts.Devices;
using Anlan.Kernel.Scopes;

namespace Anlan.Welding.Machines;

/// <summary>A chip is where its machine is.</summary>
internal sealed class MachineSites(MachineIndex machines) : IDeviceSites
{
    public Anchor? AnchorOf(string serial) => machines.FindByChip(serial)?.Anchor;
}
