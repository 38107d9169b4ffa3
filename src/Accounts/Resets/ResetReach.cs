using Anlan.Accounts.Invitations;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Roles;
using Anlan.Toolkit.Access;

namespace Anlan.Accounts.Resets;

/// <summary>In whose resets whoever acts has a say.</summary>
internal sealed class ResetReach(AccountScope accounts, RoleBook roles, CurrentActor current)
{
    /// <summary>True for accounts within scope, in posts that the actor may fill.</summary>
    public bool Covers(AccountFacts account) => InvitationRules.IsOpenTo(roles, current.Actor, account.Role) && accounts.Covers(account);
}
