using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.City;
using Anlan.Toolkit.Personal;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>Somebody whom an enterprise employs today, to choose from.</summary>
/// <param name="Id">The person.</param>
/// <param name="MaskedName">Masked.</param>
/// <param name="Since">First day of the employment: what tells those with the same masked name apart.</param>
internal sealed record EmployedPerson(Guid Id, string MaskedName, DateOnly Since);

/// <summary>What a form offers to choose from: enterprises and their people within scope, and the city's divisions.</summary>
internal sealed class SpaceChoices(IEnterprises enterprises, IPeople people, IEmployment employment, IDivisions divisions, CityPack city, CityCalendar calendar, CurrentScope scope, PeopleSeen seen)
{
    private const int Most = 20;

    /// <summary>The only enterprise for which the actor enters, or null where there is a choice.</summary>
    public EnterpriseFacts? OnlyEnterprise => scope.Now.Enterprise is { } only ? Find(only) : null;

    /// <summary>Active enterprises within scope by name or credit code.</summary>
    public IEnumerable<EnterpriseFacts> Enterprises(string? text) => [.. enterprises.Search(text, Most * 2, scope.Now).Where(e => e.IsActive).Take(Most)];

    /// <summary>An enterprise within scope.</summary>
    public EnterpriseFacts? Find(Guid enterprise) => enterprises.IsWithin(new EnterpriseId(enterprise), scope.Now) ? enterprises.Find(new EnterpriseId(enterprise)) : null;

    /// <summary>An enterprise that a space in scope names already.</summary>
    public EnterpriseFacts? Named(Guid enterprise) => enterprises.Find(new EnterpriseId(enterprise));

    /// <summary>People within scope whom an enterprise employs today, by what the mask leaves of their name.</summary>
    public IReadOnlyList<EmployedPerson> People(Guid enterprise, string? text)
    {
        var (of, today) = (new EnterpriseId(enterprise), calendar.Today);
        var found = from person in people.Within(scope.Now)
                    let binding = employment.FindBinding(person, of, today)
                    where binding is not null
                    let name = people.Find(person)?.MaskedName
                    where name is not null && (string.IsNullOrWhiteSpace(text) || name.Contains(text.Trim(), StringComparison.Ordinal))
                    orderby name, binding.From, person.Value
                    select new EmployedPerson(person.Value, name, binding.From);
        IReadOnlyList<EmployedPerson> shown = [.. found.Take(Most)];
        seen.Add(SpaceViews.Choice, shown.Select(person => person.Id));
        return shown;
    }

    /// <summary>Who answers for a space by now, where the enterprise employs that person today; null otherwise.</summary>
    public EmployedPerson? Employed(Guid enterprise, Guid? person)
    {
        if (person is not { } id || people.Find(new PersonId(id)) is not { } facts || employment.FindBinding(facts.Id, new EnterpriseId(enterprise), calendar.Today) is not { } binding) return null;
        seen.Add(SpaceViews.Responsible, id);
        return new EmployedPerson(id, facts.MaskedName, binding.From);
    }

    /// <summary>Counties of the city.</summary>
    public IReadOnlyList<(string Code, string Name)> Counties => Inside(city.Division);

    /// <summary>Towns of a county.</summary>
    public IReadOnlyList<(string Code, string Name)> Towns(string county) => DivisionCode.IsValid(county) ? Inside(county) : [];

    private List<(string Code, string Name)> Inside(string outer) => [.. divisions.Inside(new DivisionCode(outer)).Select(d => (d.Code.Value, d.Name))];
}
