using System.Globalization;

namespace Anlan.Cameras.Worker.Desk;

/// <summary>Name of a file in the spool: files sort by it in the order in which they came.</summary>
/// <param name="Number">Counted by the spool.</param>
/// <param name="Camera">Whose.</param>
/// <param name="Happened">Id of the event.</param>
/// <param name="Began">Of a clip: when it begins; null for an event.</param>
internal sealed record SpoolName(long Number, Guid Camera, Guid Happened, DateTimeOffset? Began)
{
    private const string EventEnding = ".event";
    private const string ClipEnding = ".mp4";
    private const string BlurredEnding = ".blurred";

    public bool IsClip => Began is not null;

    /// <summary>Of a clip: true when the top third of everybody is blurred.</summary>
    public bool IsBlurred { get; init; }

    /// <summary>The file's name.</summary>
    public override string ToString() => Began is { } began
        ? string.Create(CultureInfo.InvariantCulture, $"{Number:D16}_{Camera:N}_{Happened:N}_{began.UtcTicks:D19}{(IsBlurred ? BlurredEnding : ClipEnding)}")
        : string.Create(CultureInfo.InvariantCulture, $"{Number:D16}_{Camera:N}_{Happened:N}{EventEnding}");

    /// <summary>Reads a name; null when it is none.</summary>
    public static SpoolName? Read(string file)
    {
        var ending = Path.GetExtension(file);
        var parts = Path.GetFileNameWithoutExtension(file).Split('_');
        if (ending is not (EventEnding or ClipEnding or BlurredEnding) || parts.Length != (ending == EventEnding ? 3 : 4)) return null;
        if (!long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !Guid.TryParseExact(parts[1], "N", out var camera) || !Guid.TryParseExact(parts[2], "N", out var happened)) return null;
        if (ending == EventEnding) return new SpoolName(number, camera, happened, Began: null);
        return long.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks ? new SpoolName(number, camera, happened, new DateTimeOffset(ticks, TimeSpan.Zero)) { IsBlurred = ending == BlurredEnding } : null;
    }
}
