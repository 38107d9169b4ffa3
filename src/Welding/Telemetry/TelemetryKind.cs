using System.Formats.Cbor;
using Anlan.Toolkit.Log;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;

namespace Anlan.Welding.Telemetry;

/// <summary>
/// The kind of a chip's measurements. There are more of them than of everything else together, so the body is CBOR: [serial, machine, boot, seq, up, at, session, points], a
/// point [t, up, amperes, volts, state, °C] with times as milliseconds before those of the message, values in tenths (CHIP-TELEMETRY-04) and 1 = arc, 2 = gas in the state.
/// </summary>
internal sealed class TelemetryKind() : TypedLogKind<TelemetryBody>("chip.telemetry")
{
    private const int Arc = 1;
    private const int Gas = 2;

    public override object Decode(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new CborReader(body.ToArray());
            reader.ReadStartArray();
            var (serial, machine, boot, seq, up) = (reader.ReadTextString(), ReadGuid(reader), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
            var (at, session) = (ReadNumber(reader), ReadGuid(reader));
            var points = new TelemetryPoint[reader.ReadStartArray() ?? throw new FormatException($"{Name}: points without a count.")];
            for (var i = 0; i < points.Length; i++) points[i] = ReadPoint(reader, up, at ?? 0);
            reader.ReadEndArray();
            reader.ReadEndArray();
            return new TelemetryBody(serial, machine, boot, seq, up, at, session, points);
        }
        catch (Exception broken) when (broken is CborContentException or InvalidOperationException or OverflowException)
        {
            throw new FormatException($"{Name}: {broken.Message}", broken);
        }
    }

    protected override byte[] Encode(TelemetryBody body)
    {
        var writer = new CborWriter(initialCapacity: 128 + body.Points.Count * 24);
        writer.WriteStartArray(8);
        writer.WriteTextString(body.Serial);
        Write(writer, body.Machine);
        writer.WriteInt64(body.Boot);
        writer.WriteInt64(body.Seq);
        writer.WriteInt64(body.Up);
        Write(writer, body.At);
        Write(writer, body.Session);
        writer.WriteStartArray(body.Points.Count);
        foreach (var point in body.Points) Write(writer, point, body.Up, body.At ?? 0);
        writer.WriteEndArray();
        writer.WriteEndArray();
        return writer.Encode();
    }

    private static void Write(CborWriter writer, TelemetryPoint point, long up, long at)
    {
        writer.WriteStartArray(6);
        Write(writer, point.T is { } t ? at - t : null);
        writer.WriteInt64(up - point.Up);
        writer.WriteInt64(Tenths(point.A));
        writer.WriteInt64(Tenths(point.V));
        writer.WriteInt32((point.Arc ? Arc : 0) | (point.Gas ? Gas : 0));
        writer.WriteInt64(Tenths(point.Temp));
        writer.WriteEndArray();
    }

    private static TelemetryPoint ReadPoint(CborReader reader, long up, long at)
    {
        reader.ReadStartArray();
        var (before, sooner) = (ReadNumber(reader), reader.ReadInt64());
        var (amperes, volts, state, degrees) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt64());
        reader.ReadEndArray();
        return new TelemetryPoint(at - before, up - sooner, amperes / 10.0, volts / 10.0, (state & Arc) != 0, degrees / 10.0, (state & Gas) != 0);
    }

    private static long Tenths(double value) => (long)Math.Round(value * 10);

    private static void Write(CborWriter writer, long? value)
    {
        if (value is { } number) writer.WriteInt64(number);
        else writer.WriteNull();
    }

    private static void Write(CborWriter writer, Guid? value)
    {
        if (value is not { } guid)
        {
            writer.WriteNull();
            return;
        }

        Span<byte> bytes = stackalloc byte[16];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        writer.WriteByteString(bytes);
    }

    private static long? ReadNumber(CborReader reader)
    {
        if (reader.PeekState() != CborReaderState.Null) return reader.ReadInt64();
        reader.ReadNull();
        return null;
    }

    private static Guid? ReadGuid(CborReader reader)
    {
        if (reader.PeekState() != CborReaderState.Null) return new Guid(reader.ReadByteString(), bigEndian: true);
        reader.ReadNull();
        return null;
    }
}
