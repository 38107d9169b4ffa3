using Anlan.Toolkit.Personal;

namespace Anlan.Host.Messages;

/// <summary>Where messages show people.</summary>
internal static class MessageViews
{
    public static readonly PersonalView List = new("messages.list", PersonalField.Phone);

    public static readonly PersonalView Export = new("messages.export", PersonalField.Phone) { IsExport = true };

    public static readonly PersonalView One = new("messages.one", PersonalField.Phone);

    public static readonly PersonalView Unmasked = new("messages.one.revealed", PersonalField.Phone);
}
