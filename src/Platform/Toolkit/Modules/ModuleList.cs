using System.Reflection;
using Anlan.Toolkit.Access;

namespace Anlan.Toolkit.Modules;

/// <summary>The modules of this installation, in the order in which the Host lists them.</summary>
/// <param name="modules">The modules.</param>
public sealed class ModuleList(params IReadOnlyList<IModule> modules)
{
    /// <summary>The modules.</summary>
    public IReadOnlyList<IModule> Modules { get; } = modules;

    /// <summary>Their assemblies: mappings, pages and log kinds are found there.</summary>
    public IReadOnlyList<Assembly> Assemblies { get; } = [.. modules.Select(m => m.GetType().Assembly).Distinct()];

    /// <summary>All permissions.</summary>
    public IReadOnlyList<Permission> Permissions { get; } = [.. modules.SelectMany(m => m.Permissions)];
}
