using System.Text.Json.Serialization;
using Anlan.Contracts.Devices;
using Anlan.Kernel.Places;
using Anlan.Toolkit.Log;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Telemetry;
using Orleans;

namespace Anlan.Welding.Chips;

/// <summary>Log body of a chip's message: who, in which boot, which number.</summary>
internal interface IChipBody : IDeviceReport
{
    /// <summary>The machine to which the chip was fitted at receipt, or null.</summary>
    Guid? Machine { get; }

    /// <summary>Number within the boot.</summary>
    long Seq { get; }

    /// <summary>Time by the chip's trusted clock, unix ms, or null.</summary>
    long? At { get; }
}

/// <summary>Body of <c>chip.hello</c>.</summary>
[GenerateSerializer, Immutable, Alias("Anlan.Welding.HelloBody")]
internal sealed record HelloBody(
    [property: Id(0)] string Serial, [property: Id(1)] Guid? Machine, [property: Id(2)] long Boot, [property: Id(3)] long Seq, [property: Id(4)] long Up, [property: Id(5)] long? At,
    [property: Id(6)] string Fw, [property: Id(7)] long Counter, [property: Id(8)] string Nonce, [property: Id(9)] bool Relay, [property: Id(10)] bool Tamper,
    [property: Id(11)] double? Lat, [property: Id(12)] double? Lon, [property: Id(13)] string? Model, [property: Id(14)] long? Config) : IChipBody
{
    /// <summary>The session that this power-up ended, or null.</summary>
    [Id(15)]
    public Guid? Ends { get; init; }

    long? IDeviceReport.Boot => Boot;
    bool? IDeviceReport.Online => true;
    bool? IDeviceReport.Relay => Relay;
    bool? IDeviceReport.Tampered => Tamper;
    long? IDeviceReport.Counter => Counter;
    GeoPoint? IDeviceReport.Position => Place.Of(Lat, Lon);
    string? IDeviceReport.Firmware => Fw;
}

/// <summary>Body of <c>chip.state</c>.</summary>
[GenerateSerializer, Immutable, Alias("Anlan.Welding.StateBody")]
internal sealed record StateBody(
    [property: Id(0)] string Serial, [property: Id(1)] Guid? Machine, [property: Id(2)] long Boot, [property: Id(3)] long Seq, [property: Id(4)] long Up, [property: Id(5)] long? At,
    [property: Id(6)] bool Relay, [property: Id(7)] RelayReason Reason, [property: Id(8)] Guid? Session, [property: Id(9)] double? Lat, [property: Id(10)] double? Lon, [property: Id(11)] int? Rssi) : IChipBody
{
    long? IDeviceReport.Boot => Boot;
    bool? IDeviceReport.Online => null;
    bool? IDeviceReport.Relay => Relay;
    bool? IDeviceReport.Tampered => null;
    long? IDeviceReport.Counter => null;
    GeoPoint? IDeviceReport.Position => Place.Of(Lat, Lon);
    string? IDeviceReport.Firmware => null;
}

/// <summary>Body of <c>chip.ack</c>.</summary>
[GenerateSerializer, Immutable, Alias("Anlan.Welding.AckBody")]
internal sealed record AckBody(
    [property: Id(0)] string Serial, [property: Id(1)] Guid? Machine, [property: Id(2)] long Boot, [property: Id(3)] long Seq, [property: Id(4)] long Up, [property: Id(5)] long? At,
    [property: Id(6)] Guid Id, [property: Id(7)] bool Ok, [property: Id(8)] ChipRefusal? Why, [property: Id(9)] bool Relay, [property: Id(10)] Guid? Session, [property: Id(11)] long Counter) : IChipBody
{
    /// <summary>The session that ended with this answer, or null.</summary>
    [Id(12)]
    public Guid? Ends { get; init; }

    /// <summary>The session whose grant this acknowledges, or null.</summary>
    [Id(13)]
    public Guid? Powers { get; init; }

    /// <summary>The tamper lock that this answer lifted.</summary>
    [Id(14)]
    public bool ClearsTamper { get; init; }

    /// <summary>Why the relay moved, when the downlink moved it.</summary>
    [Id(15)]
    public RelayReason? Reason { get; init; }

    /// <summary>The session whose power the downlink ended, in the chip's words.</summary>
    [Id(16)]
    public Guid? Ended { get; init; }

    /// <summary>Where the relay moved, WGS-84.</summary>
    [Id(17)]
    public double? Lat { get; init; }

    /// <summary>Where the relay moved, WGS-84.</summary>
    [Id(18)]
    public double? Lon { get; init; }

    long? IDeviceReport.Boot => Boot;
    bool? IDeviceReport.Online => null;
    bool? IDeviceReport.Relay => Relay;
    bool? IDeviceReport.Tampered => ClearsTamper ? false : null;
    long? IDeviceReport.Counter => Counter;
    GeoPoint? IDeviceReport.Position => Place.Of(Lat, Lon);
    string? IDeviceReport.Firmware => null;
}

/// <summary>Body of <c>chip.telemetry</c>, an entry of the telemetry: the points as measured.</summary>
internal sealed record TelemetryBody(string Serial, Guid? Machine, long Boot, long Seq, long Up, long? At, Guid? Session, IReadOnlyList<TelemetryPoint> Points) : IChipBody
{
    long? IDeviceReport.Boot => Boot;
    bool? IDeviceReport.Online => null;
    bool? IDeviceReport.Relay => null;
    bool? IDeviceReport.Tampered => null;
    long? IDeviceReport.Counter => null;
    GeoPoint? IDeviceReport.Position => null;
    string? IDeviceReport.Firmware => null;
}

/// <summary>Body of <c>chip.stray</c>: these measurements saw an arc outside every session of their machine.</summary>
internal sealed record StrayBody(string Serial, Guid? Machine, long Boot, long Seq, long Up, long? At, Guid? Session, double PeakAmperes) : IChipBody
{
    long? IDeviceReport.Boot => Boot;
    bool? IDeviceReport.Online => null;
    bool? IDeviceReport.Relay => null;
    bool? IDeviceReport.Tampered => null;
    long? IDeviceReport.Counter => null;
    GeoPoint? IDeviceReport.Position => null;
    string? IDeviceReport.Firmware => null;
}

/// <summary>Body of <c>chip.event</c>.</summary>
internal sealed record EventBody(string Serial, Guid? Machine, long Boot, long Seq, long Up, long? At, ChipEventKind Kind, double? Value) : IChipBody
{
    long? IDeviceReport.Boot => Boot;
    bool? IDeviceReport.Online => null;
    bool? IDeviceReport.Relay => null;
    bool? IDeviceReport.Tampered => Kind == ChipEventKind.Tamper ? true : null;
    long? IDeviceReport.Counter => null;
    GeoPoint? IDeviceReport.Position => null;
    string? IDeviceReport.Firmware => null;
}

/// <summary>Body of <c>chip.offline</c>: the connection ended.</summary>
internal sealed record OfflineBody(string Serial, Guid? Machine) : IDeviceReport
{
    long? IDeviceReport.Boot => null;
    bool? IDeviceReport.Online => false;
    bool? IDeviceReport.Relay => null;
    bool? IDeviceReport.Tampered => null;
    long? IDeviceReport.Counter => null;
    GeoPoint? IDeviceReport.Position => null;
    string? IDeviceReport.Firmware => null;
}

/// <summary>Body of <c>chip.settings</c>: settings that wait for the chip's acknowledgement.</summary>
internal sealed record SettingsBody(string Serial, Guid Downlink, long Version, Guid? Machine, bool ForgetsMachine, bool ClearsTamper, IReadOnlyList<string>? Keys, Guid Account);

/// <summary>Reads a position that comes as two numbers.</summary>
internal static class Place
{
    public static GeoPoint? Of(double? latitude, double? longitude) => latitude is { } lat && longitude is { } lon ? new GeoPoint(lat, lon) : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HelloBody))]
[JsonSerializable(typeof(StateBody))]
[JsonSerializable(typeof(AckBody))]
[JsonSerializable(typeof(StrayBody))]
[JsonSerializable(typeof(EventBody))]
[JsonSerializable(typeof(OfflineBody))]
[JsonSerializable(typeof(SettingsBody))]
internal sealed partial class ChipBodyJson : JsonSerializerContext;

/// <summary>The kinds of log entries that chips cause.</summary>
internal static class ChipLog
{
    public static readonly LogKind<HelloBody> Hello = new("chip.hello", ChipBodyJson.Default.HelloBody);
    public static readonly LogKind<StateBody> State = new("chip.state", ChipBodyJson.Default.StateBody);
    public static readonly LogKind<AckBody> Ack = new("chip.ack", ChipBodyJson.Default.AckBody);
    public static readonly TelemetryKind Telemetry = new();
    public static readonly LogKind<StrayBody> Stray = new("chip.stray", ChipBodyJson.Default.StrayBody);
    public static readonly LogKind<EventBody> Event = new("chip.event", ChipBodyJson.Default.EventBody);
    public static readonly LogKind<OfflineBody> Offline = new("chip.offline", ChipBodyJson.Default.OfflineBody);
    public static readonly LogKind<SettingsBody> Settings = new("chip.settings", ChipBodyJson.Default.SettingsBody);

    /// <summary>Subject of everything about a chip.</summary>
    public static string SubjectOf(string serial) => "chip/" + serial;

    /// <summary>A draft that is written once for ever, whatever is repeated (CHIP-UP-09).</summary>
    public static LogDraft Once<TBody>(this TypedLogKind<TBody> kind, TBody body, DateTimeOffset receivedAt) where TBody : class, IChipBody =>
        kind.Draft(SubjectOf(body.Serial), receivedAt, body) with { Once = $"u/{body.Serial}/{body.Boot}/{body.Seq}" };
}
