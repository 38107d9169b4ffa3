using System.Reflection;
using System.Runtime.CompilerServices;

namespace Anlan.Tests.Boundaries;

/// <summary>
/// What Orleans serialises must survive a rename and a rolling update: each type has an alias, each member its number.
/// </summary>
public sealed class SerialisedTypesTests
{
    private const BindingFlags OwnMembers = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static IEnumerable<Type> SerialisedTypes => Repository.Assemblies().SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false));

    [Fact]
    public void Every_serialised_type_has_an_alias()
    {
        var without = SerialisedTypes.Where(type => !type.IsDefined(typeof(AliasAttribute), inherit: false));

        Assert.Empty(without);
    }

    [Fact]
    public void Every_serialised_member_has_a_number()
    {
        var without = SerialisedTypes.Where(type => !type.IsEnum).SelectMany(type => type.GetFields(OwnMembers).Where(field => !IsNumbered(field)).Select(field => $"{type.Name}.{field.Name}"));

        Assert.Empty(without);
    }

    [Fact]
    public void Every_grain_interface_and_its_methods_have_an_alias()
    {
        var interfaces = Repository.Assemblies().SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsInterface && typeof(Orleans.IGrain).IsAssignableFrom(type)).ToList();

        var without = interfaces.Where(type => !type.IsDefined(typeof(AliasAttribute), inherit: false)).Select(type => type.Name)
            .Concat(interfaces.SelectMany(type => type.GetMethods()).Where(method => !method.IsDefined(typeof(AliasAttribute), inherit: false)).Select(method => $"{method.DeclaringType?.Name}.{method.Name}"));

        Assert.Empty(without);
    }

    private static bool IsNumbered(FieldInfo field)
    {
        if (field.IsDefined(typeof(IdAttribute)) || field.IsDefined(typeof(NonSerializedAttribute))) return true;
        if (!field.IsDefined(typeof(CompilerGeneratedAttribute))) return false;
        var property = field.Name[1..Math.Max(1, field.Name.IndexOf('>', StringComparison.Ordinal))];
        return field.DeclaringType?.GetProperty(property, OwnMembers)?.IsDefined(typeof(IdAttribute)) == true;
    }
}
