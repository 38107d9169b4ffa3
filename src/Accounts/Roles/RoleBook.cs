using System.Collections.Concurrent;
using System.Collections.Frozen;
using Anlan.Accounts.Organs;
using Anlan.Contracts.Accounts;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Modules;

namespace Anlan.Accounts.Roles;

/// <summary>
/// All roles in memory, put together from the built-in ones, what the modules give them, and what the office changed. Every request asks it, so it is
/// replaced as a whole at the commit of a change and read without a lock.
/// </summary>
internal sealed class RoleBook : EntityIndex<Role>, IRoles
{
    private readonly ConcurrentDictionary<string, Role> _decided = new(StringComparer.Ordinal);
    private volatile Roles _roles;

    public RoleBook(ModuleList modules)
    {
        Declared = modules.Permissions.ToFrozenDictionary(p => p.Key, StringComparer.Ordinal);
        InOrder = modules.Permissions;
        _roles = Build();
    }

    /// <summary>Raised after a role's commit: open pages ask anew what they may show.</summary>
    public event Action? Changed;

    /// <summary>Every permission that a module declares, by its key.</summary>
    public FrozenDictionary<string, Permission> Declared { get; }

    /// <summary>The same in the order of the modules.</summary>
    public IReadOnlyList<Permission> InOrder { get; }

    /// <summary>All roles: the built-in ones in their order, then those of the office's own.</summary>
    public IReadOnlyList<RoleFacts> All => _roles.InOrder;

    /// <summary>The role with this code, or null.</summary>
    public RoleFacts? Find(string? code) => code is null ? null : _roles.ByCode.GetValueOrDefault(code);

    /// <summary>True when the role holds the permission; nothing that is unknown is held.</summary>
    public bool IsHeld(string permission, string role) => _roles.ByCode.TryGetValue(role, out var facts) && facts.Permissions.Contains(permission);

    RoleName? IRoles.Find(string code) => Find(code) is { } role ? new RoleName(role.Code, role.NameZh, role.NameEn) : null;

    protected override void Clear()
    {
        _decided.Clear();
        _roles = Build();
    }

    protected override void Put(Role entity)
    {
        _decided[entity.Code] = Copy(entity);
        _roles = Build();
        Changed?.Invoke();
    }

    protected override void Remove(Role entity)
    {
        _decided.TryRemove(entity.Code, out _);
        _roles = Build();
        Changed?.Invoke();
    }

    // The entity belongs to the context that saved it.
    private static Role Copy(Role r) => new()
    {
        Code = r.Code,
        NameZh = r.NameZh,
        NameEn = r.NameEn,
        Standing = r.Standing,
        OrganKinds = [.. r.OrganKinds],
        Added = [.. r.Added],
        Withdrawn = [.. r.Withdrawn],
        IsBuiltIn = r.IsBuiltIn,
        Version = r.Version,
    };

    private Roles Build()
    {
        var all = BuiltInRoles.All.Select(FromBuiltIn).ToList();
        all.AddRange(_decided.Values.Where(role => !role.IsBuiltIn).OrderBy(role => role.Code, StringComparer.Ordinal).Select(OfTheOffice));
        return new Roles(all, all.ToFrozenDictionary(role => role.Code, StringComparer.Ordinal));
    }

    private RoleFacts FromBuiltIn(BuiltInRole role)
    {
        var byDefault = InOrder.Where(p => p.ByDefault.Contains(role.Code) && p.HeldBy.HasFlag(role.Standing)).Select(p => p.Key).ToFrozenSet(StringComparer.Ordinal);
        var decided = _decided.TryGetValue(role.Code, out var row) && row.IsBuiltIn ? row : null;
        var permissions = decided is null ? byDefault : Holdable(byDefault.Except(decided.Withdrawn).Concat(decided.Added), role.Standing);
        return new RoleFacts(role.Code, role.NameZh, role.NameEn, role.TextZh, role.TextEn, role.Standing, role.OrganKinds ?? [], permissions, byDefault, DutyOf(permissions, role.Standing), true, role.OnPhone, decided?.Version ?? 0);
    }

    private RoleFacts OfTheOffice(Role role)
    {
        var permissions = Holdable(role.Added, role.Standing);
        return new RoleFacts(
            role.Code, role.NameZh ?? role.Code, role.NameEn ?? role.Code, null, null, role.Standing, [.. role.OrganKinds.Select(Enum.Parse<OrganKind>)], permissions, FrozenSet<string>.Empty, DutyOf(permissions, role.Standing), false, false, role.Version);
    }

    // A permission that no module declares any more, or that this standing may no longer hold, is not held.
    private FrozenSet<string> Holdable(IEnumerable<string> keys, Standing standing) => keys.Where(key => Declared.TryGetValue(key, out var p) && p.HeldBy.HasFlag(standing)).ToFrozenSet(StringComparer.Ordinal);

    private Duty DutyOf(FrozenSet<string> permissions, Standing standing) => permissions.Select(key => Declared[key].DutyFor(standing)).FirstOrDefault(duty => duty != Duty.None);

    private sealed record Roles(IReadOnlyList<RoleFacts> InOrder, FrozenDictionary<string, RoleFacts> ByCode);
}
