using System.Reflection;
using System.Text;

namespace Anlan.Tests.Boundaries;

/// <summary>
/// Contracts is the map of all conversations between modules. Its public surface lies in a text file, so that a change is seen in review.
/// After a deliberate change run the tests once with ANLAN_WRITE_CONTRACTS=1 and commit the file.
/// </summary>
public sealed class ContractsSurfaceTests
{
    private const string SurfaceFile = "src/Platform/Contracts/Contracts.api.txt";
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void The_public_surface_of_Contracts_is_the_reviewed_one()
    {
        var surface = Describe(Repository.AssemblyOf("Contracts"));
        if (Environment.GetEnvironmentVariable("ANLAN_WRITE_CONTRACTS") == "1") File.WriteAllText(Path.Combine(Repository.Root, SurfaceFile), surface);

        Assert.Equal(Repository.Read(SurfaceFile), surface);
    }

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(type.FullName);
            var interfaces = type.GetInterfaces().Where(other => other.Namespace?.StartsWith("Anlan", StringComparison.Ordinal) == true).Select(Name).Order(StringComparer.Ordinal).ToList();
            if (interfaces.Count > 0) text.Append(" : ").AppendJoin(", ", interfaces);
            text.Append('\n');
            foreach (var line in Members(type).Order(StringComparer.Ordinal)) text.Append("    ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            foreach (var name in Enum.GetNames(type)) yield return $"{name} = {Convert.ToInt64(Enum.Parse(type, name), System.Globalization.CultureInfo.InvariantCulture)}";
            yield break;
        }

        foreach (var field in type.GetFields(Declared)) yield return field.IsLiteral ? $"const {Name(field.FieldType)} {field.Name} = \"{field.GetRawConstantValue()}\"" : $"{Name(field.FieldType)} {field.Name}";
        foreach (var property in type.GetProperties(Declared).Where(property => property.Name != "EqualityContract")) yield return $"{Static(property.GetMethod)}{Name(property.PropertyType)} {property.Name} {{ {Accessors(property)} }}";
        foreach (var constructor in type.GetConstructors(Declared).Where(constructor => constructor.GetParameters().Length > 0 && constructor.GetParameters()[0].ParameterType != type)) yield return $"new({Parameters(constructor)})";
        foreach (var method in type.GetMethods(Declared).Where(method => !method.IsSpecialName && !IsRecordPlumbing(method))) yield return $"{Static(method)}{Name(method.ReturnType)} {method.Name}({Parameters(method)})";
    }

    private static bool IsRecordPlumbing(MethodInfo method) => method.Name is "ToString" or "Equals" or "GetHashCode" or "Deconstruct" or "<Clone>$" or "PrintMembers";

    private static string Static(MethodInfo? method) => method?.IsStatic == true ? "static " : "";

    private static string Accessors(PropertyInfo property) => property.SetMethod is { IsPublic: true } ? "get; set;" : "get;";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => "class",
    };

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Name(inner) + "?";
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        return type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;
    }
}
