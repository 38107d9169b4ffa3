namespace Anlan.Training;

/// <summary>What one may do with certificates, always of people within one's scope.</summary>
internal static class TrainingPermissions
{
    /// <summary>See certificates.</summary>
    public const string View = "training.view";

    /// <summary>Enter, correct and review certificates.</summary>
    public const string Edit = "training.edit";

    /// <summary>Open scans of certificates, which show their holders in full.</summary>
    public const string Scans = "training.scans";

    /// <summary>Revoke certificates.</summary>
    public const string Revoke = "training.revoke";
}
