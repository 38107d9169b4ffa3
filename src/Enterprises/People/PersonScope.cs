using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.Employments;
using Anlan.Enterprises.Registry;
using Anlan.Kernel.Scopes;
using Anlan.Kernel.Time;

namespace Anlan.Enterprises.People;

/// <summary>
/// Which people lie in a scope. A person lies where the enterprises lie to which he or she is bound, today or from a later day on. Whoever is
/// bound to nobody any more stays in sight of the organs that supervise the last enterprise; whoever never was belongs to those who entered them.
/// </summary>
internal sealed class PersonScope(PersonIndex people, EmploymentIndex employments, EnterpriseIndex enterprises, PersonCheck check, CityCalendar calendar) : IPeople
{
    public bool Covers(PersonId person, Scope scope)
    {
        if (scope.IsEverything) return true;
        if (scope.Person is { } own) return person.Value == own;
        var (bindings, today) = (employments.Of(person), calendar.Today);
        var isOpen = false;
        foreach (var binding in bindings.Where(b => b.IsOpenOn(today)))
        {
            if (enterprises.IsWithin(binding.Enterprise, scope)) return true;
            isOpen = true;
        }

        if (isOpen) return false;
        if (bindings.MaxBy(b => b.To) is { } last) return scope.IsAuthority && enterprises.IsWithin(last.Enterprise, scope);
        return people.Find(person) is { } entry && (entry.EnteredFor is { } enterprise ? enterprises.IsWithin(enterprise, scope) : scope.CoversOrgan(entry.EnteredBy?.Value));
    }

    /// <summary>The people in a scope, found from its enterprises and organs, not by looking at everybody.</summary>
    public IEnumerable<PersonEntry> Within(Scope scope)
    {
        if (scope.IsEverything) return people.All;
        if (scope.Person is { } own) return people.Find(new PersonId(own)) is { } self ? [self] : [];
        var within = enterprises.Within(scope).Select(enterprise => enterprise.Id).ToList();
        var candidates = within.SelectMany(enterprise => employments.Of(enterprise).Select(binding => binding.Person).Concat(people.EnteredBy(enterprise.Value)))
            .Concat(scope.Organs.SelectMany(people.EnteredBy));
        return candidates.Distinct().Where(person => Covers(person, scope)).Select(people.Find).OfType<PersonEntry>();
    }

    PersonFacts? IPeople.Find(PersonId person) => people.Find(person)?.Facts;

    public bool IsWithin(PersonId person, Scope scope) => people.Find(person) is not null && Covers(person, scope);

    IReadOnlyCollection<PersonId> IPeople.Within(Scope scope) => [.. Within(scope).Select(entry => entry.Id)];

    Task<PersonId?> IPeople.FindByIdentityNumberAsync(string identityNumber, CancellationToken stop) => Task.FromResult(people.FindByIdentityNumber(identityNumber)?.Id);

    bool IPeople.IsNamed(PersonId? person, string? name) => check.IsNamed(person, name);

    Task<bool> IPeople.HasIdentityEndingAsync(PersonId? person, string? ending, CancellationToken stop) => check.HasIdentityEndingAsync(person, ending, stop);
}
