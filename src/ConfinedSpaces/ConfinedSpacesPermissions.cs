namespace Anlan.ConfinedSpaces;

/// <summary>What one may do with confined spaces.</summary>
internal static class ConfinedSpacesPermissions
{
    /// <summary>See the ledger within one's scope.</summary>
    public const string View = "spaces.view";

    /// <summary>Enter and edit spaces, and change their state.</summary>
    public const string Manage = "spaces.manage";
}
