using System.Collections.Concurrent;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Data;

namespace Anlan.Enterprises.People;

/// <summary>What is kept of a person in memory: nothing that is not masked or hashed.</summary>
internal sealed record PersonEntry(PersonFacts Facts, string IdentityIndex, string NameIndex, EnterpriseId? EnteredFor, DateTimeOffset RegisteredAt)
{
    public PersonId Id => Facts.Id;
}

/// <summary>All people in memory: the answer to other modules, and what lists are searched in.</summary>
internal sealed class PersonIndex(PersonSeal seal) : EntityIndex<Person>, IPeople
{
    private readonly ConcurrentDictionary<PersonId, PersonEntry> _byId = new();
    private readonly ConcurrentDictionary<string, PersonId> _byIdentity = new(StringComparer.Ordinal);

    public IEnumerable<PersonEntry> All => _byId.Values;

    public PersonEntry? Find(PersonId person) => _byId.GetValueOrDefault(person);

    public PersonEntry? FindByIdentityNumber(string identityNumber) => _byIdentity.TryGetValue(seal.IdentityIndexOf(identityNumber), out var id) ? Find(id) : null;

    PersonFacts? IPeople.Find(PersonId person) => Find(person)?.Facts;

    Task<PersonId?> IPeople.FindByIdentityNumberAsync(string identityNumber, CancellationToken stop) => Task.FromResult(FindByIdentityNumber(identityNumber)?.Id);

    protected override void Clear()
    {
        _byId.Clear();
        _byIdentity.Clear();
    }

    protected override void Put(Person entity)
    {
        var plain = seal.Open(entity);
        _byId[entity.Id] = new PersonEntry(new PersonFacts(entity.Id, Masks.Name(plain.Name), seal.CommitmentOf(entity)), entity.IdentityIndex, entity.NameIndex, entity.EnteredFor, entity.RegisteredAt);
        _byIdentity[entity.IdentityIndex] = entity.Id;
    }

    protected override void Remove(Person entity)
    {
        _byId.TryRemove(entity.Id, out _);
        _byIdentity.TryRemove(entity.IdentityIndex, out _);
    }
}
