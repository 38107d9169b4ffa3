using Anlan.Toolkit.Access;
using Anlan.Toolkit.Modules;

namespace Anlan.Tests;

/// <summary>Permissions where Accounts is not at hand: each role holds what the modules give it by default.</summary>
internal sealed class TestPermissions(ModuleList modules) : IPermissions
{
    public bool IsHeld(string permission, Actor actor) => modules.Permissions.Any(declared => declared.Key == permission && declared.ByDefault.Contains(actor.Role));

    public Guid? HandedBy(string permission, Actor actor) => null;
}
