using System.Text.Json;
using System.Text.Json.Serialization;

namespace Anlan.Welding.Chip.Messages;

/// <summary>
/// Points by hand: a city's machines send more of them than of everything else together, and the general way takes three times as long. As strict as the rest (CHIP-UP-04): every member is there
/// once, unknown ones are passed over.
/// </summary>
internal sealed class TelemetryPointJson : JsonConverter<TelemetryPoint>
{
    private static readonly string[] Names = ["t", "up", "a", "v", "arc", "temp", "gas"];
    private const int All = (1 << 7) - 1;

    public override TelemetryPoint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("a point is an object");
        var seen = 0;
        long? t = null;
        long up = 0;
        double a = 0, v = 0, temp = 0;
        bool arc = false, gas = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = MemberOf(ref reader);
            reader.Read();
            if (member < 0)
            {
                reader.Skip();
                continue;
            }

            if ((seen & 1 << member) != 0) throw new JsonException($"{Names[member]} is there twice");
            seen |= 1 << member;
            switch (member)
            {
                case 0: t = reader.TokenType == JsonTokenType.Null ? null : Whole(ref reader, member); break;
                case 1: up = Whole(ref reader, member); break;
                case 2: a = Number(ref reader, member); break;
                case 3: v = Number(ref reader, member); break;
                case 4: arc = Truth(ref reader, member); break;
                case 5: temp = Number(ref reader, member); break;
                default: gas = Truth(ref reader, member); break;
            }
        }

        if (seen != All) throw new JsonException($"{string.Join(", ", Names.Where((_, i) => (seen & 1 << i) == 0))} is missing");
        return new TelemetryPoint(t, up, a, v, arc, temp, gas);
    }

    public override void Write(Utf8JsonWriter writer, TelemetryPoint value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.T is { } t) writer.WriteNumber("t"u8, t);
        else writer.WriteNull("t"u8);
        writer.WriteNumber("up"u8, value.Up);
        writer.WriteNumber("a"u8, value.A);
        writer.WriteNumber("v"u8, value.V);
        writer.WriteBoolean("arc"u8, value.Arc);
        writer.WriteNumber("temp"u8, value.Temp);
        writer.WriteBoolean("gas"u8, value.Gas);
        writer.WriteEndObject();
    }

    private static int MemberOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("t"u8) ? 0 : reader.ValueTextEquals("up"u8) ? 1 : reader.ValueTextEquals("a"u8) ? 2 : reader.ValueTextEquals("v"u8) ? 3
        : reader.ValueTextEquals("arc"u8) ? 4 : reader.ValueTextEquals("temp"u8) ? 5 : reader.ValueTextEquals("gas"u8) ? 6 : -1;

    private static long Whole(ref Utf8JsonReader reader, int member) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) ? value : throw new JsonException($"{Names[member]} is no whole number");

    private static double Number(ref Utf8JsonReader reader, int member) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && double.IsFinite(value) ? value : throw new JsonException($"{Names[member]} is no number");

    private static bool Truth(ref Utf8JsonReader reader, int member) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw new JsonException($"{Names[member]} is neither true nor false"),
    };
}
