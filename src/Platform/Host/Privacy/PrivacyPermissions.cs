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

    /// <summary>Take everything that is kept of a person as a file.</summary>
    public const string ExportPeople = "privacy.people.export";

    /// <summary>Erase a person.</summary>
    public const string ErasePeople = "privacy.people.erase";

    /// <summary>See for how long records are kept.</summary>
    public const string ViewRetention = "privacy.retention.view";

    /// <summary>Keep records of a person or an enterprise from being deleted.</summary>
    public const string SetHolds = "privacy.holds.set";
}
