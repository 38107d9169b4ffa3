using System.Reflection;
using Anlan.Kernel.Ids;

namespace Anlan.Toolkit.Data;

/// <summary>Finds the typed ids in the modules' assemblies and in the contracts that these reference.</summary>
internal static class TypedIds
{
    public static IReadOnlyList<Type> All(IEnumerable<Assembly> assemblies)
    {
        var contracts = assemblies.SelectMany(a => a.GetReferencedAssemblies()).Where(n => n.Name == "Anlan.Contracts").DistinctBy(n => n.FullName).Select(Assembly.Load);
        return [.. assemblies.Concat(contracts).Distinct().SelectMany(a => a.GetTypes())
            .Where(t => t.IsValueType && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITypedId<>)))];
    }
}
