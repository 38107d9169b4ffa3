using Anlan.Alarms.Board;
using Anlan.Kernel.Places;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Alarms;

namespace Anlan.Alarms.Desk;

/// <summary>What the bell of a page needs: from memory, because every open page asks with every change.</summary>
internal sealed class HearAlarms(AlarmBoard board, AlarmRows rows, AlarmReach reach, CurrentActor current)
{
    private const int MostListed = 30;
    private const int MostOnMap = 500;

    /// <param name="Open">How many are open.</param>
    /// <param name="Waiting">How many of them nobody took over.</param>
    /// <param name="Severe">The severe ones that nobody took over and whose sound the reader did not turn off, the oldest first: they are said aloud.</param>
    /// <param name="Listed">The open ones, the worst and oldest first; a long list goes on on its page.</param>
    public sealed record Heard(int Open, int Waiting, IReadOnlyList<AlarmRow> Severe, IReadOnlyList<AlarmRow> Listed);

    /// <summary>The open ones that have a place, for the map.</summary>
    public IReadOnlyList<(AlarmRow Row, GeoPoint Place)> Placed() =>
        [.. board.OpenWithin(reach).Where(alarm => alarm is { Latitude: not null, Longitude: not null }).Take(MostOnMap).Select(alarm => (rows.Of(alarm), new GeoPoint(alarm.Latitude!.Value, alarm.Longitude!.Value)))];

    public Heard Run()
    {
        var open = board.OpenWithin(reach);
        var waiting = open.Where(alarm => alarm.State == AlarmState.Raised).ToList();
        return new Heard(open.Count, waiting.Count, [.. waiting.Where(alarm => alarm.Severity == AlarmSeverity.Severe && !board.IsSilentFor(alarm.Number, current.Actor.Account)).Take(MostListed).Select(rows.Of)], [.. open.Take(MostListed).Select(rows.Of)]);
    }
}
