namespace Anlan.Host.Webhooks;

/// <summary>What one may do with systems that are told what happens.</summary>
internal static class WebhooksPermissions
{
    /// <summary>See them.</summary>
    public const string View = "webhooks.view";

    /// <summary>Enter, pause and remove them, send again.</summary>
    public const string Edit = "webhooks.edit";
}
