using System.Text.Json;
using System.Text.Json.Serialization;
using Anlan.Accounts.Organs;
using Anlan.Toolkit.Access;

namespace Anlan.Accounts.Roles;

/// <summary>A role that comes with the platform, from <c>roles.json</c>. What it may do is said by the modules, each of its own permissions.</summary>
internal sealed record BuiltInRole(string Code, string NameZh, string NameEn, string TextZh, string TextEn, Standing Standing, IReadOnlyList<OrganKind>? OrganKinds = null, bool OnPhone = false);

/// <summary>Reads them.</summary>
internal static class BuiltInRoles
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>All, in the order in which they are shown.</summary>
    public static IReadOnlyList<BuiltInRole> All { get; } = Read();

    private static List<BuiltInRole> Read()
    {
        using var file = typeof(BuiltInRoles).Assembly.GetManifestResourceStream("Anlan.Accounts.Roles.roles.json") ?? throw new InvalidOperationException("roles.json is missing.");
        return JsonSerializer.Deserialize<List<BuiltInRole>>(file, Format) ?? throw new InvalidDataException("roles.json is empty.");
    }
}
