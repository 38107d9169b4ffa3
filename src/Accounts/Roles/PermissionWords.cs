using Anlan.Toolkit.Access;
using Microsoft.Extensions.Localization;

namespace Anlan.Accounts.Roles;

/// <summary>Says permissions in the words of the modules that declare them.</summary>
internal sealed class PermissionWords(IStringLocalizerFactory localizers)
{
    public string Title(Permission permission) => localizers.Create(permission.Words)["Permission." + permission.Key];

    public string Text(Permission permission) => localizers.Create(permission.Words)["Permission." + permission.Key + ".Text"];

    public string Group(Permission permission) => localizers.Create(permission.Words)["PermissionGroup." + permission.Group];
}
