namespace Anlan.Host.Operations;

/// <summary>What one may do with the running system.</summary>
internal static class OperationsPermissions
{
    /// <summary>See how the system does.</summary>
    public const string View = "operations.view";

    /// <summary>Set it going again.</summary>
    public const string Act = "operations.act";
}
