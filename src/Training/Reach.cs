using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;

namespace Anlan.Training;

/// <summary>
/// Whose certificates the actor may touch: bureau and administrators everybody's, a safety manager those of people bound to the own
/// enterprise today. What lies outside is answered as unknown.
/// </summary>
internal sealed class Reach(CurrentActor current, IEmployment employment, CityCalendar calendar)
{
    /// <summary>True for bureau and administrators.</summary>
    public bool IsEverywhere => current.Actor.Is(RoleNames.Administrator) || current.Actor.Is(RoleNames.Bureau);

    public bool Includes(PersonId person) =>
        IsEverywhere || (current.Actor.Enterprise is { } own && IsBoundTo(person, new EnterpriseId(own)));

    public bool IsBoundTo(PersonId person, EnterpriseId enterprise) => employment.FindBinding(person, enterprise, calendar.Today) is not null;

    public bool Includes(EnterpriseId enterprise) => IsEverywhere || current.Actor.Enterprise == enterprise.Value;
}
