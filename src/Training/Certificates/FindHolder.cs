using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;

namespace Anlan.Training.Certificates;

/// <summary>The person for whom a certificate is entered, if within scope.</summary>
internal sealed class FindHolder(IPeople people, CurrentScope scope)
{
    public PersonFacts? ById(Guid person) => new PersonId(person) is var id && people.IsWithin(id, scope.Now) ? people.Find(id) : null;

    public async Task<PersonFacts?> ByIdentityNumberAsync(string identityNumber, CancellationToken stop) =>
        await people.FindByIdentityNumberAsync(identityNumber, stop) is { } id ? ById(id.Value) : null;
}
