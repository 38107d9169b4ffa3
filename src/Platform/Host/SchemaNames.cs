using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace Anlan.Host;

/// <summary>
/// What the bodies of requests and answers are called in the API's document. Slices keep theirs inside themselves and call them all Request and Row: with their own names alone, one would be described as another.
/// </summary>
internal sealed class SchemaNames
{
    private readonly ConcurrentDictionary<string, Type> _known = new(StringComparer.Ordinal);

    /// <summary>Name of a type's schema; null when it is described where it is used.</summary>
    /// <exception cref="InvalidOperationException">Two types would have the same name.</exception>
    public string? Of(JsonTypeInfo json)
    {
        if (OpenApiOptions.CreateDefaultSchemaReferenceId(json) is null) return null;
        var type = Nullable.GetUnderlyingType(json.Type) ?? json.Type;
        var name = NameOf(type);
        return _known.GetOrAdd(name, type) == type ? name : throw new InvalidOperationException($"{type} and {_known[name]} are both called {name} in the API's document; rename one.");
    }

    // ListMachines.Row → ListMachinesRow; Page<ListMachines.Row> → PageOfListMachinesRow.
    private static string NameOf(Type type)
    {
        var own = type.Name.Split('`')[0];
        if (type.IsArray) return "ListOf" + NameOf(type.GetElementType()!);
        if (type.IsGenericType) return own + "Of" + string.Join("And", type.GetGenericArguments().Select(NameOf));
        return type.DeclaringType is { } slice ? NameOf(slice) + own : own;
    }
}
