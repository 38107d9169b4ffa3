using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.Employments;
using Anlan.Enterprises.People;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;

namespace Anlan.Enterprises;

/// <summary>
/// Whose records the actor may touch: bureau and administrators everybody's, a safety manager those of the own enterprise. What lies outside
/// is answered as unknown, so that asking teaches nothing. Applied to every list, count and look-up by id.
/// </summary>
internal sealed class Reach(CurrentActor current, EmploymentIndex employments, PersonIndex people, CityCalendar calendar)
{
    /// <summary>True for bureau and administrators.</summary>
    public bool IsEverywhere => current.Actor.Is(RoleNames.Administrator) || current.Actor.Is(RoleNames.Bureau);

    /// <summary>The one enterprise of a safety manager.</summary>
    public EnterpriseId? Own => current.Actor.Enterprise is { } id ? new EnterpriseId(id) : null;

    public bool Includes(EnterpriseId enterprise) => IsEverywhere || enterprise == Own;

    /// <summary>A safety manager reaches whoever is or will be bound to the own enterprise, and whoever was entered for it and is bound to nobody yet.</summary>
    public bool Includes(PersonId person)
    {
        if (IsEverywhere) return true;
        if (Own is not { } own) return false;
        var bindings = employments.Of(person);
        return bindings.Any(b => b.Enterprise == own && b.IsOpenOn(calendar.Today)) || (bindings.Count == 0 && people.Find(person)?.EnteredFor == own);
    }
}
