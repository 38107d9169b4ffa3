using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Anlan.Welding.Chip.Messages;

/// <summary>
/// Writes an enum as its name in camel case and reads exactly those names: no numbers, no lists, no other case. The converter of the
/// framework takes more than a specification wants to promise.
/// </summary>
public sealed class WireNames<T> : JsonConverter<T> where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Names = Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));
    private static readonly FrozenDictionary<string, T> Values = Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Values.TryGetValue(reader.GetString()!, out var value) ? value : throw new JsonException("This word is not in the list.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Names[value]);
}
