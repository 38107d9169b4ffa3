namespace Anlan.Host.Messages;

/// <summary>What one may do with messages to the world outside.</summary>
internal static class MessagesPermissions
{
    /// <summary>See them, masked.</summary>
    public const string View = "messages.view";

    /// <summary>Send again, call off, try a gateway.</summary>
    public const string Act = "messages.act";

    /// <summary>See address and words in full, for a reason.</summary>
    public const string Reveal = "messages.reveal";
}
