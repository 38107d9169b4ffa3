using Anlan.Toolkit.Personal;

namespace Anlan.Accounts.Registry;

/// <summary>Where Accounts shows people.</summary>
internal static class AccountViews
{
    public static readonly PersonalView List = new("accounts.list", PersonalField.Name);

    public static readonly PersonalView Export = new("accounts.export", PersonalField.Name) { IsExport = true };

    public static readonly PersonalView Holder = new("accounts.holder", PersonalField.Name);
}
