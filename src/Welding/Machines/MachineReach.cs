using Anlan.Contracts.Accounts;
using Anlan.Toolkit.Access;

namespace Anlan.Welding.Machines;

/// <summary>Which machines the actor may see and control: a safety manager those that the own enterprise uses, everybody else with the permission all.</summary>
internal sealed class MachineReach(CurrentActor current)
{
    /// <summary>The only enterprise whose machines the actor may see, or null for all.</summary>
    public Guid? OnlyEnterprise => current.Actor.Is(RoleNames.SafetyManager) ? current.Actor.Enterprise ?? Guid.Empty : null;

    /// <summary>True when the machine is within reach.</summary>
    public bool Covers(MachineFacts machine) => OnlyEnterprise is not { } only || machine.UserEnterprise.Value == only;
}
