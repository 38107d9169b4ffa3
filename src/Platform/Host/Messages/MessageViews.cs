using Anlan.Toolkit.Personal;

namespace Anlan.Host.Messages;

/// <summary>Where messages show people.</summary>
internal static class MessageViews
{
    public static readonly PersonalView List = new("messages.list", PersonalField.Phone);

    public static readonly PersonalView Export = new("messages.export", PersonalField.Phone) { IsExport = true };

    public static readonly PersonalView Attempts = new("messages.attempts", PersonalField.Phone);

    public static readonly PersonalView Unmasked = new("messages.revealed", PersonalField.Phone);
}
