using System.Buffers.Text;

namespace Anlan.Welding.Chip.Messages;

/// <summary>Ranges of the fields (CHIP-UP-04): a number outside them is a broken or hostile chip, not a measurement.</summary>
internal static class Limits
{
    /// <summary>Largest integer that every JSON reader keeps exactly.</summary>
    public const long MostCount = (1L << 53) - 1;

    private const long EarliestClock = 1_577_836_800_000; // 2020
    private const long LatestClock = 4_102_444_800_000; // 2100

    public static string? Envelope(IUplink message) => Rank("boot", message.Boot) ?? Rank("seq", message.Seq) ?? Count("up", message.Up) ?? Clock("at", message.At);

    public static string? Rank(string field, long value) => value is >= 1 and <= MostCount ? null : $"{field}: {value} is not a number from 1 on";

    public static string? Count(string field, long value) => value is >= 0 and <= MostCount ? null : $"{field}: {value} is out of range";

    public static string? Text(string field, string value, int shortest, int longest) =>
        value.Length >= shortest && value.Length <= longest && !value.Any(char.IsControl) ? null : $"{field}: {value.Length} characters, allowed are {shortest} to {longest} without control characters";

    public static string? OptionalText(string field, string? value, int longest) => value is null ? null : Text(field, value, 0, longest);

    public static string? Nonce(string field, string value) =>
        Base64Url.IsValid(value, out var length) && length == 16 ? null : $"{field}: not base64url of 16 bytes";

    public static string? Position(ChipPosition? position) =>
        position is null || (Math.Abs(position.Lat) <= 90 && Math.Abs(position.Lon) <= 180) ? null : "pos: not a place on earth";

    public static string? Signal(string field, int? dbm) => dbm is null or (>= -200 and <= 50) ? null : $"{field}: {dbm} dBm is no signal";

    public static string? Points(IReadOnlyList<TelemetryPoint> points)
    {
        if (points.Count is 0 or > TelemetryBatch.MostPoints) return $"points: {points.Count}, allowed are 1 to {TelemetryBatch.MostPoints}";
        foreach (var point in points)
        {
            if (Count("points.up", point.Up) is { } up) return up;
            if (Clock("points.t", point.T) is { } clock) return clock;
            if (Math.Abs(point.A) > 5_000) return "points.a: beyond ±5000 A";
            if (Math.Abs(point.V) > 5_000) return "points.v: beyond ±5000 V";
            if (point.Temp is < -60 or > 400) return "points.temp: outside -60 to 400 °C";
        }

        return null;
    }

    private static string? Clock(string field, long? value) => value is null or (>= EarliestClock and <= LatestClock) ? null : $"{field}: {value} is not a time of this century";
}
