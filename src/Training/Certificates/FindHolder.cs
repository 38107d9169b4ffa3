using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Personal;

namespace Anlan.Training.Certificates;

/// <summary>The person for whom a certificate is entered, if within scope.</summary>
internal sealed class FindHolder(IPeople people, CurrentScope scope, PeopleSeen seen)
{
    public PersonFacts? ById(Guid person)
    {
        var id = new PersonId(person);
        if (!people.IsWithin(id, scope.Now)) return null;
        seen.Add(CertificateViews.Holder, person);
        return people.Find(id);
    }

    public async Task<PersonFacts?> ByIdentityNumberAsync(string identityNumber, CancellationToken stop) =>
        await people.FindByIdentityNumberAsync(identityNumber, stop) is { } id ? ById(id.Value) : null;
}
