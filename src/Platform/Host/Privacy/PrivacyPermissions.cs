namespace Anlan.Host.Privacy;

/// <summary>What one may do with the records about personal data.</summary>
internal static class PrivacyPermissions
{
    /// <summary>See who saw data of people.</summary>
    public const string ViewAccess = "privacy.access.view";
}
