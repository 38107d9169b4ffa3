namespace Anlan.Accounts;

/// <summary>What one may do with accounts.</summary>
internal static class AccountsPermissions
{
    /// <summary>See accounts; safety managers see the welders of their own enterprise.</summary>
    public const string View = "accounts.view";

    /// <summary>Invite people within one's own reach (<see cref="Invitations.InvitationRules"/>).</summary>
    public const string Invite = "accounts.invite";

    /// <summary>Disable, enable and reset any account.</summary>
    public const string Edit = "accounts.edit";

    /// <summary>Ask for the reset of an account, agree to one that somebody else asked for; within one's own reach.</summary>
    public const string Reset = "accounts.reset";

    /// <summary>See organs and what they supervise: one's own and those below it.</summary>
    public const string ViewOrgans = "accounts.organs.view";

    /// <summary>Enter and correct organs, assign and end their supervision.</summary>
    public const string EditOrgans = "accounts.organs.edit";

    /// <summary>See which organs supervise an enterprise.</summary>
    public const string ViewSupervisors = "accounts.supervisors.view";
}
