using System.Reflection;

namespace Anlan.Toolkit.Rules;

/// <summary>A rule file before it is read.</summary>
/// <param name="Name">How faults call it.</param>
/// <param name="Json">Its text.</param>
/// <param name="IsBuiltIn">True for files of modules, which bring areas and questions; files of a city and of the operator only answer them.</param>
public sealed record RuleSource(string Name, string Json, bool IsBuiltIn)
{
    private const string Resource = ".rules.json";

    /// <summary>The files that lie beside the code of the modules.</summary>
    public static IEnumerable<RuleSource> OfModules(IEnumerable<Assembly> assemblies) =>
        from assembly in assemblies
        from name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(Resource, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        select new RuleSource(name, Read(assembly.GetManifestResourceStream(name)!), IsBuiltIn: true);

    /// <summary>The files of a folder that a city or an operator fills; none when it does not exist.</summary>
    public static IEnumerable<RuleSource> InFolder(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(file => new RuleSource(file, File.ReadAllText(file), IsBuiltIn: false))
        : [];

    private static string Read(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
