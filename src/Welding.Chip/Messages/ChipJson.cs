using System.Text.Json;
using System.Text.Json.Serialization;

namespace Anlan.Welding.Chip.Messages;

/// <summary>The JSON of protocol v1, source-generated: the same on server, simulator and tests.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 8, AllowDuplicateProperties = false,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Hello))]
[JsonSerializable(typeof(StateReport))]
[JsonSerializable(typeof(TelemetryBatch))]
[JsonSerializable(typeof(EventReport))]
[JsonSerializable(typeof(Acknowledgement))]
[JsonSerializable(typeof(OfflineNotice))]
[JsonSerializable(typeof(SignedDownlink))]
[JsonSerializable(typeof(RevokeCommand))]
[JsonSerializable(typeof(TestCommand))]
[JsonSerializable(typeof(TestReport))]
public sealed partial class ChipJson : JsonSerializerContext
{
    /// <summary>Reads and checks one message.</summary>
    /// <exception cref="UnreadableMessageException">Not a message of this kind; the text names the field.</exception>
    public static T Read<T>(ReadOnlySpan<byte> payload) where T : class, IChipMessage
    {
        T? message;
        try
        {
            message = (T?)JsonSerializer.Deserialize(payload, Default.GetTypeInfo(typeof(T))!);
        }
        catch (JsonException unreadable)
        {
            throw new UnreadableMessageException($"{unreadable.Path ?? "$"}: {unreadable.Message}", unreadable);
        }

        if (message is null) throw new UnreadableMessageException("$: null is not a message");
        return message.Fault() is { } fault ? throw new UnreadableMessageException(fault) : message;
    }

    /// <summary>Writes one message as UTF-8.</summary>
    public static byte[] Write<T>(T message) where T : class, IChipMessage => JsonSerializer.SerializeToUtf8Bytes(message, Default.GetTypeInfo(typeof(T))!);
}

/// <summary>A payload that is no message of its channel.</summary>
public sealed class UnreadableMessageException(string message, Exception? inner = null) : Exception(message, inner);
