using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Scopes;
using Anlan.Toolkit.Access;

namespace Anlan.Alarms.Rosters;

/// <summary>What an office keeps for itself: its shifts, its leaves, its robots.</summary>
internal interface IOfOffice
{
    /// <summary>The organ, or null.</summary>
    OrganId? Organ { get; }

    /// <summary>The enterprise, or null.</summary>
    EnterpriseId? Enterprise { get; }
}

/// <summary>Whose plans whoever asks may see, and whose he may change: an enterprise's only its own staff, an organ's also the organs above it.</summary>
internal sealed class OfficeReach(CurrentScope scope, CurrentActor current, IEnterprises enterprises)
{
    /// <summary>The office of whoever asks.</summary>
    public Office Own => new(current.Actor.Organ, current.Actor.Enterprise);

    public static Office OfficeOf(IOfOffice kept) => new(kept.Organ?.Value, kept.Enterprise?.Value);

    /// <summary>True when whoever asks may see it.</summary>
    public bool Covers(Office office) => office == Own || AnchorOf(office).IsWithin(scope.Now);

    /// <summary>True when whoever asks may change it.</summary>
    public bool MayPlan(Office office) => office == Own || scope.Now.IsEverything || (office.Organ is not null && AnchorOf(office).IsWithin(scope.Now));

    private Anchor AnchorOf(Office office) => new(office.Enterprise is { } enterprise ? enterprises.Find(new EnterpriseId(enterprise))?.Division : null, office.Enterprise, office.Organ);
}
