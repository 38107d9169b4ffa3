namespace Anlan.Host.Privacy;

/// <summary>What one may do with the records about personal data.</summary>
internal static class PrivacyPermissions
{
    /// <summary>See who saw data of people.</summary>
    public const string ViewAccess = "privacy.access.view";

    /// <summary>See the keys of personal fields.</summary>
    public const string ViewKeys = "privacy.keys.view";

    /// <summary>Make a new key, destroy an old one.</summary>
    public const string RotateKeys = "privacy.keys.rotate";
}
