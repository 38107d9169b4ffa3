using Anlan.Alarms.Board;
using Anlan.Alarms.Desk;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Alarms.Statistics;

/// <summary>How alarms were handled within some days: by kind and by source, each figure with the list behind it.</summary>
internal sealed class ShowStatistics(AlarmsDb db, AlarmWords alarmWords, AlarmReach reach, CityCalendar calendar, ListFile file, IStringLocalizer<Words> words)
{
    /// <summary>Days that are counted when nobody says otherwise.</summary>
    public const int UsualDays = 30;

    /// <summary>As many days at once.</summary>
    public const int MostDays = 366;

    private const int MostSources = 20;

    /// <param name="From">First day.</param>
    /// <param name="To">Last day.</param>
    /// <param name="All">All kinds together.</param>
    /// <param name="Kinds">Each kind, the most frequent first.</param>
    /// <param name="Sources">Sources that told more than once, the most frequent first.</param>
    public sealed record Shown(DateOnly From, DateOnly To, Line All, IReadOnlyList<Line> Kinds, IReadOnlyList<Source> Sources);

    /// <param name="Kind">Key of the kind; null for all together.</param>
    /// <param name="Count">Alarms raised.</param>
    /// <param name="Open">Of them not ended.</param>
    /// <param name="Judged">Of them verified or called false.</param>
    /// <param name="False">Of them called false.</param>
    /// <param name="Escalated">Of them told further up because nobody took them over in time.</param>
    /// <param name="ToAcknowledge">Median time until somebody took one over; null when nobody took any.</param>
    /// <param name="ToEnd">Median time until the end; null when none has ended.</param>
    public sealed record Line(string? Kind, int Count, int Open, int Judged, int False, int Escalated, TimeSpan? ToAcknowledge, TimeSpan? ToEnd);

    /// <param name="Subject">Where.</param>
    /// <param name="Name">What people call it.</param>
    /// <param name="Kind">Key of the kind.</param>
    /// <param name="Count">Alarms raised.</param>
    /// <param name="Times">How often they were told of altogether.</param>
    /// <param name="False">Called false.</param>
    public sealed record Source(string Subject, string Name, string Kind, int Count, int Times, int False);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/alarms/statistics", (DateOnly? from, DateOnly? to, ShowStatistics slice, CancellationToken stop) => slice.RunAsync(from, to, stop))
            .RequirePermission(AlarmsPermissions.View).Scoped(ScopedBy.Records).WithTags("Alarms").WithSummary("How alarms were handled within some days: median times, false ones, repeated sources");
        api.MapGet("/alarms/statistics/export", (DateOnly? from, DateOnly? to, ShowStatistics slice, CancellationToken stop) => slice.ExportAsync(from, to, stop))
            .RequirePermission(AlarmsPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).WithTags("Alarms").WithSummary("Export the statistics of alarms by kind");
    }

    public async Task<Shown> RunAsync(DateOnly? from, DateOnly? to, CancellationToken stop)
    {
        var (first, last) = Days(from, to);
        var (begin, end) = (calendar.StartOf(first), calendar.EndOf(last));
        var alarms = await reach.Within(db.Alarms.AsNoTracking()).Where(alarm => alarm.RaisedAt >= begin && alarm.RaisedAt < end)
            .Select(alarm => new Told(alarm.Kind, alarm.Subject, alarm.Name, alarm.State, alarm.Level, alarm.Times, alarm.RaisedAt, alarm.AcknowledgedAt, alarm.JudgedAt, alarm.EndedAt)).ToListAsync(stop);
        return new Shown(
            first, last, LineOf(null, alarms), [.. alarms.GroupBy(alarm => alarm.Kind).Select(group => LineOf(group.Key, [.. group])).OrderByDescending(line => line.Count).ThenBy(line => line.Kind, StringComparer.Ordinal)],
            [.. alarms.GroupBy(alarm => (alarm.Subject, alarm.Kind)).Where(group => group.Count() > 1).OrderByDescending(group => group.Count()).ThenBy(group => group.Key.Subject, StringComparer.Ordinal).Take(MostSources)
                .Select(group => new Source(group.Key.Subject, group.First().Name, group.Key.Kind, group.Count(), group.Sum(alarm => alarm.Times), group.Count(alarm => alarm.State == AlarmState.False)))]);
    }

    private async Task<IResult> ExportAsync(DateOnly? from, DateOnly? to, CancellationToken stop) => await file.OfAsync("alarm-statistics", "alarms.exported", (await RunAsync(from, to, stop)).Kinds, stop,
        (words["Alarms.Kind"], line => alarmWords.SayKind(line.Kind!)), (words["Statistics.Count"], line => line.Count), (words["Statistics.Open"], line => line.Open), (words["Statistics.Judged"], line => line.Judged), (words["Statistics.False"], line => line.False),
        (words["Statistics.Escalated"], line => line.Escalated), (words["Statistics.ToAcknowledge"], line => (int?)line.ToAcknowledge?.TotalSeconds), (words["Statistics.ToEnd"], line => (int?)line.ToEnd?.TotalSeconds));

    // Whoever turns the days around means the same ones.
    private (DateOnly From, DateOnly To) Days(DateOnly? from, DateOnly? to)
    {
        var last = to ?? calendar.Today;
        var first = from ?? last.AddDays(1 - UsualDays);
        if (first > last) (first, last) = (last, first);
        return (last.DayNumber - first.DayNumber >= MostDays ? last.AddDays(1 - MostDays) : first, last);
    }

    private static Line LineOf(string? kind, List<Told> alarms) => new(
        kind, alarms.Count, alarms.Count(alarm => AlarmRule.IsOpen(alarm.State)), alarms.Count(alarm => alarm.JudgedAt is not null), alarms.Count(alarm => alarm.State == AlarmState.False), alarms.Count(alarm => alarm.Level > 0),
        Median(alarms.Select(alarm => alarm.AcknowledgedAt - alarm.RaisedAt)), Median(alarms.Select(alarm => alarm.EndedAt - alarm.RaisedAt)));

    // The lower of the two in the middle: it was a real one.
    private static TimeSpan? Median(IEnumerable<TimeSpan?> times) => times.OfType<TimeSpan>().Order().ToList() is { Count: > 0 } known ? known[(known.Count - 1) / 2] : null;

    private sealed record Told(string Kind, string Subject, string Name, AlarmState State, int Level, int Times, DateTimeOffset RaisedAt, DateTimeOffset? AcknowledgedAt, DateTimeOffset? JudgedAt, DateTimeOffset? EndedAt);
}
