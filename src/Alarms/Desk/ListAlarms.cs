using Anlan.Alarms.Board;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Alarms.Desk;

/// <summary>The alarms within scope: open ones the worst and oldest first, others the newest first; and the same as a file.</summary>
internal sealed class ListAlarms(AlarmsDb db, AlarmRows rows, AlarmWords alarmWords, AlarmReach reach, CurrentScope scope, CurrentActor current, IDivisions divisions, CityCalendar calendar, ListFile file, IStringLocalizer<Words> words)
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/alarms", async (string? part, string? kind, string? severity, string? state, string? division, string? search, DateOnly? from, DateOnly? to, bool? escalated, ListAlarms slice, CancellationToken stop, int page = 1, int size = 20) =>
                Read(part, severity, state, new AlarmFilter(Kind: kind, Division: division, Search: search, From: from, To: to, IsEscalated: escalated == true), out var filter) is { } fault ? fault : Results.Ok(await slice.RunAsync(new PageRequest(page, size), filter, stop)))
            .RequirePermission(AlarmsPermissions.View).Produces<Page<AlarmRow>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Alarms")
            .WithSummary("List alarms; part is open, mine, waiting, today or all; search by number or by the machine's code; from and to by the day on which they were raised; escalated=true only those that nobody took over in time");
        api.MapGet("/alarms/export", async (string? part, string? kind, string? severity, string? state, string? division, string? search, DateOnly? from, DateOnly? to, bool? escalated, ListAlarms slice, CancellationToken stop) =>
                Read(part, severity, state, new AlarmFilter(Kind: kind, Division: division, Search: search, From: from, To: to, IsEscalated: escalated == true), out var filter) is { } fault ? fault : await slice.ExportAsync(filter, stop))
            .RequirePermission(AlarmsPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .Scoped(ScopedBy.Records).WithTags("Alarms").WithSummary("Export the list of alarms");
    }

    /// <summary>The counties and towns that an organ may narrow the list to, by code; none for an enterprise and for whoever runs the installation.</summary>
    public IReadOnlyList<Division> Areas() => scope.Now.Organ is null ? [] : [.. divisions.All.Where(division => division.Code.Value.Length >= 6 && scope.Now.Covers(division.Code, null))];

    public async Task<Page<AlarmRow>> RunAsync(PageRequest request, AlarmFilter filter, CancellationToken stop)
    {
        var matching = filter.Of(db.Context, reach, current, calendar);
        var total = await matching.CountAsync(stop);
        var ordered = filter.Part is AlarmPart.Open or AlarmPart.Mine or AlarmPart.Waiting
            ? matching.OrderBy(alarm => alarm.Severity == AlarmSeverity.Severe ? 0 : alarm.Severity == AlarmSeverity.Warning ? 1 : 2).ThenBy(alarm => alarm.Number)
            : matching.OrderByDescending(alarm => alarm.Number);
        return new Page<AlarmRow>([.. (await ordered.Skip(request.Skip).Take(request.Take).ToListAsync(stop)).Select(rows.Of)], total);
    }

    /// <summary>How many are in each part, whatever the part that is asked for.</summary>
    public async Task<IReadOnlyDictionary<AlarmPart, int>> CountAsync(AlarmFilter filter, CancellationToken stop)
    {
        var counts = new Dictionary<AlarmPart, int>();
        foreach (var part in Enum.GetValues<AlarmPart>()) counts[part] = await (filter with { Part = part }).Of(db.Context, reach, current, calendar).CountAsync(stop);
        return counts;
    }

    private Task<IResult> ExportAsync(AlarmFilter filter, CancellationToken stop) => file.OfAsync("alarms", "alarms.exported", page => RunAsync(page, filter, stop), stop,
        (words["Alarms.Number"], row => row.Number), (words["Alarms.What"], row => row.What), (words["Alarms.Kind"], row => alarmWords.SayKind(row.Kind)), (words["Alarms.Severity"], row => words["Severity." + row.Severity].Value),
        (words["Alarms.Subject"], row => row.Name), (words["Alarms.Enterprise"], row => row.EnterpriseName), (words["Alarms.Place"], row => row.DivisionName), (words["Alarms.State"], row => words["State." + row.State].Value),
        (words["Alarms.RaisedAt"], row => row.RaisedAt), (words["Alarms.LastAt"], row => row.LastAt), (words["Alarms.Times"], row => row.Times),
        (words["Alarms.AcknowledgedAt"], row => row.AcknowledgedAt), (words["Alarms.AcknowledgedBy"], row => row.AcknowledgedBy), (words["Alarms.EndedAt"], row => row.EndedAt));

    private static IResult? Read(string? part, string? severity, string? state, AlarmFilter others, out AlarmFilter filter)
    {
        filter = others;
        if (!EnumQuery.TryRead<AlarmPart>(part, out var wanted)) return EnumQuery.NoSuchWord("part", part);
        if (!EnumQuery.TryRead<AlarmSeverity>(severity, out var how)) return EnumQuery.NoSuchWord("severity", severity);
        if (!EnumQuery.TryRead<AlarmState>(state, out var come)) return EnumQuery.NoSuchWord("state", state);
        filter = others with { Part = wanted ?? AlarmPart.Open, Severity = how, State = come };
        return null;
    }
}
