using System.Text.Json;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;

namespace Anlan.Cameras.Worker.Detection;

/// <summary>What is known about a film: its zone and when somebody is in it.</summary>
/// <param name="Aspect">Width of its picture over its height.</param>
/// <param name="Zones">Its zone, number 1.</param>
/// <param name="Inside">From which to which second somebody is in it.</param>
internal sealed record ClipTruth(float Aspect, ZoneSet Zones, IReadOnlyList<(double From, double To)> Inside)
{
    // A film's truth was judged by eye, and what is told comes after what happened.
    private const double EarlySeconds = 1;
    private const double LateSeconds = 0.5;

    /// <summary>Reads the JSON file that lies beside a film.</summary>
    /// <param name="film">The film.</param>
    public static ClipTruth Beside(string film)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.ChangeExtension(film, ".truth.json")));
        var root = document.RootElement;
        List<ZonePoint> corners = [.. root.GetProperty("zone").EnumerateArray().Select(corner => new ZonePoint(corner[0].GetDouble(), corner[1].GetDouble()))];
        return new ClipTruth(
            root.GetProperty("width").GetSingle() / root.GetProperty("height").GetSingle(), new ZoneSet(1, [new Zone(1, "zone", ZoneKind.Exclusion, corners)]),
            [.. root.GetProperty("inside").EnumerateArray().Select(span => (span[0].GetDouble(), span[1].GetDouble()))]);
    }

    /// <summary>How what was told compares with what is known. Whatever is told besides entries and exits is false: nobody lies, vanishes or crowds in these films.</summary>
    public ClipScore Score(IReadOnlyList<(double Seconds, SightEvent Event)> told)
    {
        var entries = told.Where(one => one.Event.Kind == SightEventKind.Entered).Select(one => one.Seconds).ToList();
        var latencies = Inside.Select(span => entries.Where(at => IsIn(at, span)).Select(at => at - span.From).Cast<double?>().FirstOrDefault()).ToList();
        return new ClipScore(
            Inside.Count, [.. latencies.OfType<double>()], entries.Count,
            entries.Count(at => !Inside.Any(span => IsIn(at, span))) + told.Count(one => one.Event.Kind is not (SightEventKind.Entered or SightEventKind.Left)),
            Inside.Sum(span => Math.Max(0, entries.Count(at => IsIn(at, span)) - 1)));
    }

    private static bool IsIn(double at, (double From, double To) span) => at >= span.From - EarlySeconds && at <= span.To + LateSeconds;
}

/// <summary>How what was told of a film compares with what is known of it.</summary>
/// <param name="Known">Entries that there are.</param>
/// <param name="Latencies">Of those that were told: seconds from the entry on.</param>
/// <param name="Told">Entries that were told.</param>
/// <param name="False">Of what was told, what did not happen.</param>
/// <param name="Repeated">Entries that were told once more.</param>
internal sealed record ClipScore(int Known, IReadOnlyList<double> Latencies, int Told, int False, int Repeated)
{
    /// <summary>How many of the entries were told, 0 to 1; without any, 1.</summary>
    public double Recall => Known == 0 ? 1 : Latencies.Count / (double)Known;
}
