using System.Text.Json;
using System.Text.Json.Serialization;

namespace Anlan.Toolkit.Import;

/// <summary>A row as one array, its number first: a large file is written and read several times before it is in. Rows that were kept as objects, by their members' names, are read as well.</summary>
internal sealed class FileRowJson : JsonConverter<FileRow>
{
    public override FileRow Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject) return JsonSerializer.Deserialize<Former>(ref reader, options)!.Row;
        if (reader.TokenType != JsonTokenType.StartArray || !reader.Read()) throw new JsonException();
        var (number, cells) = (reader.GetInt32(), new List<string?>());
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) cells.Add(reader.GetString());
        return new FileRow(number, [.. cells]);
    }

    public override void Write(Utf8JsonWriter writer, FileRow value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.N);
        foreach (var cell in value.C) writer.WriteStringValue(cell);
        writer.WriteEndArray();
    }

    private sealed record Former(int N, string?[] C)
    {
        [JsonIgnore] public FileRow Row => new(N, C);
    }
}
