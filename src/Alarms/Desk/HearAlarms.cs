using Anlan.Alarms.Board;
using Anlan.Alarms.Escalation;
using Anlan.Kernel.Places;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Alarms;

namespace Anlan.Alarms.Desk;

/// <summary>What the bell of a page needs: from memory, because every open page asks with every change.</summary>
internal sealed class HearAlarms(AlarmBoard board, AlarmRows rows, AlarmWords words, AlarmTimes times, AlarmReach reach, CurrentActor current)
{
    private const int MostListed = 30;
    private const int MostOnMap = 500;

    /// <param name="Open">How many are open.</param>
    /// <param name="Waiting">How many of them nobody took over.</param>
    /// <param name="Severe">The severe ones that nobody took over and whose sound the reader did not turn off, the oldest first: they are said aloud.</param>
    /// <param name="Listed">The open ones, the worst and oldest first; a long list goes on on its page.</param>
    public sealed record Heard(int Open, int Waiting, IReadOnlyList<AlarmRow> Severe, IReadOnlyList<AlarmRow> Listed);

    /// <summary>What stands in front of the page beside the alarm itself.</summary>
    /// <param name="Measured">What was measured, in words, or null.</param>
    /// <param name="Limit">What is allowed, in words, or null.</param>
    /// <param name="Rule">The rule that names the limit, or null.</param>
    /// <param name="RuleOn">The day that made the rule apply, or null.</param>
    /// <param name="Do">What to do now, or null.</param>
    /// <param name="Levels">Who is told when while nobody takes it over: 0 enterprise, 1 town station, 2 county, 3 city; none for what is the installation's own.</param>
    public sealed record Pressing(string? Measured, string? Limit, string? Rule, DateOnly? RuleOn, string? Do, IReadOnlyList<(int Level, DateTimeOffset At, bool IsTold)> Levels);

    /// <summary>More of one alarm; null when it is gone.</summary>
    public Pressing? More(long number) => board.Find(number) is { } alarm && reach.Covers(alarm)
        ? new Pressing(words.Say(alarm, alarm.MeasuredValue), words.Say(alarm, alarm.LimitValue), alarm.Rule, alarm.RuleOn, words.SayDo(alarm), LevelsOf(alarm))
        : null;

    /// <summary>The open ones that have a place, for the map.</summary>
    public IReadOnlyList<(AlarmRow Row, GeoPoint Place)> Placed() =>
        [.. board.OpenWithin(reach).Where(alarm => alarm is { Latitude: not null, Longitude: not null }).Take(MostOnMap).Select(alarm => (rows.Of(alarm), new GeoPoint(alarm.Latitude!.Value, alarm.Longitude!.Value)))];

    public Heard Run()
    {
        var open = board.OpenWithin(reach);
        var waiting = open.Where(alarm => alarm.State == AlarmState.Raised).ToList();
        return new Heard(open.Count, waiting.Count, [.. waiting.Where(alarm => alarm.Severity == AlarmSeverity.Severe && !board.IsSilentFor(alarm.Number, current.Actor.Account)).Take(MostListed).Select(rows.Of)], [.. open.Take(MostListed).Select(rows.Of)]);
    }

    private List<(int Level, DateTimeOffset At, bool IsTold)> LevelsOf(Alarm alarm) => alarm.Enterprise is null && alarm.Division is null
        ? []
        : [(0, alarm.RaisedAt, true), .. Enumerable.Range(1, AlarmQuestions.Highest).Select(level => (level, times.DueAt(alarm, level), level <= alarm.Level))];
}
