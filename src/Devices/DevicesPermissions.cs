namespace Anlan.Devices;

/// <summary>What one may do with devices.</summary>
internal static class DevicesPermissions
{
    /// <summary>See devices and their state.</summary>
    public const string View = "devices.view";

    /// <summary>Register, fit and renew credentials.</summary>
    public const string Fit = "devices.fit";
}
