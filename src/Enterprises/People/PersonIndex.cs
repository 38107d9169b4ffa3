using System.Collections.Concurrent;
using System.Collections.Immutable;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Data;

namespace Anlan.Enterprises.People;

/// <summary>What is kept of a person in memory: nothing that is not masked or hashed.</summary>
internal sealed record PersonEntry(PersonFacts Facts, string IdentityIndex, string NameIndex, EnterpriseId? EnteredFor, OrganId? EnteredBy, DateTimeOffset RegisteredAt)
{
    public PersonId Id => Facts.Id;
}

/// <summary>All people in memory: what lists are searched in, and what others are answered from.</summary>
internal sealed class PersonIndex(PersonSeal seal) : EntityIndex<Person>
{
    private readonly ConcurrentDictionary<PersonId, PersonEntry> _byId = new();
    private readonly ConcurrentDictionary<Guid, ImmutableHashSet<PersonId>> _byEntrant = new();
    private readonly ConcurrentDictionary<string, PersonId> _byIdentity = new(StringComparer.Ordinal);

    public IEnumerable<PersonEntry> All => _byId.Values;

    public PersonEntry? Find(PersonId person) => _byId.GetValueOrDefault(person);

    public PersonEntry? FindByIdentityNumber(string identityNumber)
    {
        foreach (var index in seal.IdentityIndexesOf(identityNumber))
        {
            if (_byIdentity.TryGetValue(index, out var id)) return Find(id);
        }

        return null;
    }

    /// <summary>Whom an enterprise's safety manager, or an organ's staff, entered.</summary>
    public IReadOnlyCollection<PersonId> EnteredBy(Guid enterpriseOrOrgan) => _byEntrant.GetValueOrDefault(enterpriseOrOrgan, []);

    protected override void Clear()
    {
        _byId.Clear();
        _byIdentity.Clear();
        _byEntrant.Clear();
    }

    protected override void Put(Person entity)
    {
        var (former, plain) = (Find(entity.Id), seal.Open(entity));
        _byId[entity.Id] = new PersonEntry(new PersonFacts(entity.Id, Masks.Name(plain.Name), seal.CommitmentOf(entity)), entity.IdentityIndex, entity.NameIndex, entity.EnteredFor, entity.EnteredBy, entity.RegisteredAt);
        _byIdentity[entity.IdentityIndex] = entity.Id;
        if (former is not null && former.IdentityIndex != entity.IdentityIndex) _byIdentity.TryRemove(former.IdentityIndex, out _);
        if (EntrantOf(entity) is { } entrant) _byEntrant.AddOrUpdate(entrant, [entity.Id], (_, entered) => entered.Add(entity.Id));
    }

    protected override void Remove(Person entity)
    {
        _byId.TryRemove(entity.Id, out _);
        _byIdentity.TryRemove(entity.IdentityIndex, out _);
        if (EntrantOf(entity) is { } entrant) _byEntrant.AddOrUpdate(entrant, [], (_, entered) => entered.Remove(entity.Id));
    }

    private static Guid? EntrantOf(Person person) => person.EnteredFor?.Value ?? person.EnteredBy?.Value;
}
