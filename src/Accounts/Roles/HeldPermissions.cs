using Anlan.Accounts.Delegations;
using Anlan.Accounts.Keys;
using Anlan.Toolkit.Access;

namespace Anlan.Accounts.Roles;

/// <summary>
/// Who may do what at this moment: what the role holds, what a colleague handed on, and of both only what a key carries when a program acts. From memory and
/// without making anything, because the interlock waits for it.
/// </summary>
internal sealed class HeldPermissions(RoleBook roles, KeyIndex keys, DelegationIndex delegations) : IPermissions
{
    public bool IsHeld(string permission, Actor actor) => actor.Key is { } key
        ? keys.Carries(key, permission) && roles.IsHeld(permission, actor.Role)
        : roles.IsHeld(permission, actor.Role) || delegations.HolderOf(permission, actor.Account) is not null;

    public Guid? HandedBy(string permission, Actor actor) => actor.Key is not null || roles.IsHeld(permission, actor.Role) ? null : delegations.HolderOf(permission, actor.Account);
}
