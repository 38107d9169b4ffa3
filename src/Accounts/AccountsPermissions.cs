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
}
