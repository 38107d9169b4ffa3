using System.Collections.Concurrent;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Data;

namespace Anlan.Accounts.Registry;

/// <summary>What a request needs to know of an account.</summary>
internal sealed record AccountFacts(
    Guid Id, string UserName, string? DisplayName, string Role, OrganId? Organ, EnterpriseId? Enterprise, PersonId? Person, string Stamp, bool IsDisabled, bool HasPin, bool IsService,
    DateTimeOffset? LockedUntil, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt);

/// <summary>All accounts in memory: every request is checked against it, so that a disabled or changed account is out at once and no request reads the database.</summary>
internal sealed class AccountIndex : EntityIndex<Account>
{
    private readonly ConcurrentDictionary<Guid, AccountFacts> _byId = new();
    private readonly ConcurrentDictionary<PersonId, Guid> _byPerson = new();

    /// <summary>Raised after an account's commit, with its id: open pages check themselves.</summary>
    public event Action<Guid>? Changed;

    public IEnumerable<AccountFacts> All => _byId.Values;

    public bool HasAdministrator => _byId.Values.Any(a => a is { Role: RoleNames.SecurityAdministrator, IsDisabled: false });

    /// <summary>True for the only one who can still admit others.</summary>
    public bool IsLastAdministrator(Guid account) =>
        Find(account) is { Role: RoleNames.SecurityAdministrator } && !_byId.Values.Any(a => a is { Role: RoleNames.SecurityAdministrator, IsDisabled: false } && a.Id != account);

    public AccountFacts? Find(Guid account) => _byId.GetValueOrDefault(account);

    public AccountFacts? FindByPerson(PersonId person) => _byPerson.TryGetValue(person, out var id) ? Find(id) : null;

    /// <summary>The account if it is enabled and unchanged since the stamp was given out.</summary>
    public AccountFacts? FindInForce(Guid account, string? stamp) =>
        _byId.TryGetValue(account, out var facts) && !facts.IsDisabled && string.Equals(facts.Stamp, stamp, StringComparison.Ordinal) ? facts : null;

    protected override void Clear()
    {
        _byId.Clear();
        _byPerson.Clear();
    }

    protected override void Put(Account entity)
    {
        _byId[entity.Id] = new AccountFacts(
            entity.Id, entity.UserName ?? "", entity.DisplayName, entity.Role, entity.Organ, entity.Enterprise, entity.Person, entity.SecurityStamp, entity.IsDisabled,
            entity.PinHash is not null, entity.IsService, entity.SignInLock.LockedUntil, entity.CreatedAt, entity.LastSignInAt);
        if (entity.Person is { } person) _byPerson[person] = entity.Id;
        Changed?.Invoke(entity.Id);
    }

    protected override void Remove(Account entity)
    {
        _byId.TryRemove(entity.Id, out _);
        if (entity.Person is { } person) _byPerson.TryRemove(person, out _);
        Changed?.Invoke(entity.Id);
    }
}
