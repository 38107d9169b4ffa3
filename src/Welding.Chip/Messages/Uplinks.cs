using System.Text.Json.Serialization;

namespace Anlan.Welding.Chip.Messages;

/// <summary>What every message of a chip carries except the last will.</summary>
public interface IUplink : IChipMessage
{
    /// <summary>Power-up counter of the chip, from 1.</summary>
    long Boot { get; }

    /// <summary>Number of the message within this boot, from 1: with serial and boot it makes a message unique.</summary>
    long Seq { get; }

    /// <summary>Milliseconds since power-up.</summary>
    long Up { get; }

    /// <summary>Unix milliseconds by the chip's clock, or null while that is not trusted.</summary>
    long? At { get; }
}

/// <summary>A message that can say what is wrong with it beyond its JSON shape.</summary>
public interface IChipMessage
{
    /// <summary>The first field that is out of range with the reason, or null.</summary>
    string? Fault();
}

/// <summary>WGS-84 position, degrees.</summary>
public sealed record ChipPosition(double Lat, double Lon);

/// <summary>Sent after each connect; asks for the time.</summary>
/// <param name="Boot">See <see cref="IUplink.Boot"/>.</param>
/// <param name="Seq">See <see cref="IUplink.Seq"/>.</param>
/// <param name="Up">See <see cref="IUplink.Up"/>.</param>
/// <param name="At">See <see cref="IUplink.At"/>.</param>
/// <param name="Fw">Firmware version.</param>
/// <param name="Counter">Highest grant counter ever accepted or revoked.</param>
/// <param name="Nonce">base64url of 16 random bytes; the signed time repeats it.</param>
/// <param name="Relay">True when the machine is powered.</param>
/// <param name="Tamper">True while the chip is locked by tampering.</param>
/// <param name="Pos">Position, or null when unknown.</param>
/// <param name="Model">Hardware model.</param>
/// <param name="Config">Version of the newest settings applied, 0 = none: tells whether the chip needs its settings again.</param>
public sealed record Hello(
    long Boot, long Seq, long Up, long? At, string Fw, long Counter, string Nonce, bool Relay, bool Tamper,
    ChipPosition? Pos = null, string? Model = null, long? Config = null) : IUplink
{
    /// <inheritdoc />
    public string? Fault() =>
        Limits.Envelope(this) ?? Limits.Text("fw", Fw, 1, 64) ?? Limits.Count("counter", Counter) ?? Limits.Nonce("nonce", Nonce) ?? Limits.Position(Pos)
        ?? Limits.OptionalText("model", Model, 64) ?? (Config is { } config ? Limits.Count("config", config) : null);
}

/// <summary>The relay moved, or was told to stay.</summary>
/// <param name="Boot">See <see cref="IUplink.Boot"/>.</param>
/// <param name="Seq">See <see cref="IUplink.Seq"/>.</param>
/// <param name="Up">See <see cref="IUplink.Up"/>.</param>
/// <param name="At">See <see cref="IUplink.At"/>.</param>
/// <param name="Relay">True when the machine is powered.</param>
/// <param name="Reason">Why.</param>
/// <param name="Session">The session that began or ended, or null.</param>
/// <param name="Pos">Position, or null when unknown.</param>
/// <param name="Rssi">Strength of the radio signal in dBm.</param>
public sealed record StateReport(
    long Boot, long Seq, long Up, long? At, bool Relay, RelayReason Reason, Guid? Session, ChipPosition? Pos = null, int? Rssi = null) : IUplink
{
    /// <inheritdoc />
    public string? Fault() => Limits.Envelope(this) ?? Limits.Position(Pos);
}

/// <summary>Measured points of one stretch of time.</summary>
/// <param name="Boot">See <see cref="IUplink.Boot"/>.</param>
/// <param name="Seq">See <see cref="IUplink.Seq"/>.</param>
/// <param name="Up">See <see cref="IUplink.Up"/>.</param>
/// <param name="At">See <see cref="IUplink.At"/>.</param>
/// <param name="Session">The session to which all points belong, or null.</param>
/// <param name="Points">1 to 60 points, oldest first.</param>
public sealed record TelemetryBatch(long Boot, long Seq, long Up, long? At, Guid? Session, IReadOnlyList<TelemetryPoint> Points) : IUplink
{
    /// <summary>Most points of a batch.</summary>
    public const int MostPoints = 60;

    /// <inheritdoc />
    public string? Fault() => Limits.Envelope(this) ?? Limits.Points(Points);
}

/// <summary>One measurement.</summary>
/// <param name="T">Unix milliseconds, or null while the clock is not trusted.</param>
/// <param name="Up">Milliseconds since power-up.</param>
/// <param name="A">Amperes.</param>
/// <param name="V">Volts.</param>
/// <param name="Arc">True while the arc burns.</param>
/// <param name="Temp">Temperature in °C.</param>
/// <param name="Gas">True while the gas alarm is on.</param>
[JsonConverter(typeof(TelemetryPointJson))]
public readonly record struct TelemetryPoint(long? T, long Up, double A, double V, bool Arc, double Temp, bool Gas);

/// <summary>Something that people have to know.</summary>
/// <param name="Boot">See <see cref="IUplink.Boot"/>.</param>
/// <param name="Seq">See <see cref="IUplink.Seq"/>.</param>
/// <param name="Up">See <see cref="IUplink.Up"/>.</param>
/// <param name="At">See <see cref="IUplink.At"/>.</param>
/// <param name="Kind">What.</param>
/// <param name="Value">Measured value in the kind's unit, or null.</param>
public sealed record EventReport(long Boot, long Seq, long Up, long? At, ChipEventKind Kind, double? Value) : IUplink
{
    /// <inheritdoc />
    public string? Fault() => Limits.Envelope(this) ?? (Value is { } value && Math.Abs(value) > 1e6 ? "value: beyond ±1000000" : null);
}

/// <summary>The chip's answer to a downlink.</summary>
/// <param name="Boot">See <see cref="IUplink.Boot"/>.</param>
/// <param name="Seq">See <see cref="IUplink.Seq"/>.</param>
/// <param name="Up">See <see cref="IUplink.Up"/>.</param>
/// <param name="At">See <see cref="IUplink.At"/>.</param>
/// <param name="Id">Id of the downlink.</param>
/// <param name="Ok">True when done.</param>
/// <param name="Why">Why not, or null.</param>
/// <param name="Relay">True when the machine is powered after this.</param>
/// <param name="Session">The running session after this, or null.</param>
/// <param name="Counter">Highest grant counter accepted or revoked.</param>
/// <param name="Reason">Why the relay moved, when this downlink moved it: grant, stop or revoke.</param>
/// <param name="Ended">The session whose power this downlink ended, or null.</param>
/// <param name="Pos">Position, or null when unknown.</param>
public sealed record Acknowledgement(
    long Boot, long Seq, long Up, long? At, Guid Id, bool Ok, ChipRefusal? Why, bool Relay, Guid? Session, long Counter,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RelayReason? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Ended = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ChipPosition? Pos = null) : IUplink
{
    /// <inheritdoc />
    public string? Fault() => Limits.Envelope(this) ?? Limits.Count("counter", Counter) ?? Limits.Position(Pos)
        ?? (Ok == Why is null ? null : "why: must be null exactly when ok is true")
        ?? (Reason is null or RelayReason.Grant or RelayReason.Stop or RelayReason.Revoke ? null : "reason: no downlink moves the relay for it")
        ?? (Ended is null == Reason is null or RelayReason.Grant ? null : "ended: must be told exactly when reason is stop or revoke");
}

/// <summary>What a self-test measured while the relay was open all the time (CHIP-TEST).</summary>
/// <param name="Boot">See <see cref="IUplink.Boot"/>.</param>
/// <param name="Seq">See <see cref="IUplink.Seq"/>.</param>
/// <param name="Up">See <see cref="IUplink.Up"/>.</param>
/// <param name="At">See <see cref="IUplink.At"/>.</param>
/// <param name="Id">Id of the downlink that asked.</param>
/// <param name="Ok">True when it was carried out.</param>
/// <param name="Why">Why not, or null.</param>
/// <param name="Contact">The relay's feedback contact: true when it was seen closed once; null when the model has none, or nothing was measured.</param>
/// <param name="A">Largest current in amperes, either way; null when the sensor told no number, or nothing was measured.</param>
/// <param name="V">Largest voltage at the output, either way; null like <paramref name="A"/>.</param>
/// <param name="Machine">The machine to which the chip believes to be fitted, or null.</param>
/// <param name="Tamper">True while the chip is locked by tampering.</param>
/// <param name="Pos">Position, or null when unknown.</param>
/// <param name="Rssi">Strength of the radio signal in dBm, or null.</param>
public sealed record TestReport(
    long Boot, long Seq, long Up, long? At, Guid Id, bool Ok, ChipRefusal? Why, bool? Contact, double? A, double? V, Guid? Machine, bool Tamper, ChipPosition? Pos = null, int? Rssi = null) : IUplink
{
    /// <inheritdoc />
    public string? Fault() => Limits.Envelope(this) ?? Limits.Position(Pos) ?? Limits.Signal("rssi", Rssi)
        ?? (Ok == Why is null ? null : "why: must be null exactly when ok is true")
        ?? (A is { } amperes && !(Math.Abs(amperes) <= 5_000) ? "a: beyond ±5000 A" : null) ?? (V is { } volts && !(Math.Abs(volts) <= 5_000) ? "v: beyond ±5000 V" : null);
}

/// <summary>Last will: the broker says it when the chip's connection broke.</summary>
/// <param name="Boot">Power-up counter of the connection that ended.</param>
public sealed record OfflineNotice(long Boot) : IChipMessage
{
    /// <inheritdoc />
    public string? Fault() => Limits.Rank("boot", Boot);
}
