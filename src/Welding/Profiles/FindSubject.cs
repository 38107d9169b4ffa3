using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Personal;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;

namespace Anlan.Welding.Profiles;

/// <summary>Finds whose profile is asked for; whoever is out of scope is unknown.</summary>
internal sealed class FindSubject(MachineIndex machines, IEnterprises enterprises, IPeople people, CurrentScope scope, PeopleSeen seen)
{
    /// <param name="Name">Registered name, masked name, or code.</param>
    /// <param name="Address">Page of the subject itself.</param>
    public sealed record Named(string Name, string Address);

    /// <summary>The subject, or null.</summary>
    public Named? Find(ProfileSubject subject, Guid id)
    {
        switch (subject)
        {
            case ProfileSubject.Enterprise:
                return enterprises.IsWithin(new EnterpriseId(id), scope.Now) && enterprises.Find(new EnterpriseId(id)) is { } enterprise ? new Named(enterprise.Name, $"/enterprises/{id}") : null;
            case ProfileSubject.Welder:
                if (!people.IsWithin(new PersonId(id), scope.Now) || people.Find(new PersonId(id)) is not { } person) return null;
                seen.Add(WelderViews.Profile, id);
                return new Named(person.MaskedName, $"/people/{id}");
            default:
                return machines.Find(new MachineId(id)) is { } machine && machine.Anchor.IsWithin(scope.Now) ? new Named(machine.Code, $"/welding/machines/{machine.Code}") : null;
        }
    }

    /// <summary>The id of a machine by its code; empty for one that nobody registered.</summary>
    public Guid MachineOf(string code) => machines.FindByCode(code.Trim())?.Id.Value ?? Guid.Empty;
}
