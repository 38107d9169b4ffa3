namespace Anlan.Accounts;

/// <summary>What one may do with accounts.</summary>
internal static class AccountsPermissions
{
    /// <summary>See accounts; safety managers see the welders of their own enterprise.</summary>
    public const string View = "accounts.view";

    /// <summary>Invite people within one's own reach (<see cref="Invitations.InvitationRules"/>).</summary>
    public const string Invite = "accounts.invite";

    /// <summary>Disable, enable and reset any account, give it another role.</summary>
    public const string Edit = "accounts.edit";

    /// <summary>Ask for the reset of an account, agree to one that somebody else asked for; within one's own reach.</summary>
    public const string Reset = "accounts.reset";

    /// <summary>See what each role may do and who holds it.</summary>
    public const string ViewRoles = "accounts.roles.view";

    /// <summary>Change what a role may do, add roles of the office's own.</summary>
    public const string EditRoles = "accounts.roles.edit";

    /// <summary>Make and revoke API keys of one's own account.</summary>
    public const string OwnKeys = "accounts.keys.own";

    /// <summary>See and revoke everybody's API keys, make service accounts and their keys.</summary>
    public const string EditKeys = "accounts.keys.edit";

    /// <summary>Hand some of one's own permissions to a colleague for a time.</summary>
    public const string Delegate = "accounts.delegate";

    /// <summary>See what one handed on and received, and end it.</summary>
    public const string OwnDelegations = "accounts.delegations.own";

    /// <summary>See who handed what to whom, within scope.</summary>
    public const string ViewDelegations = "accounts.delegations.view";

    /// <summary>Read who did what.</summary>
    public const string ViewAudit = "accounts.audit.view";

    /// <summary>See organs and what they supervise: one's own and those below it.</summary>
    public const string ViewOrgans = "accounts.organs.view";

    /// <summary>Enter and correct organs, assign and end their supervision.</summary>
    public const string EditOrgans = "accounts.organs.edit";

    /// <summary>See which organs supervise an enterprise.</summary>
    public const string ViewSupervisors = "accounts.supervisors.view";
}
