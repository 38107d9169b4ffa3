using System.Runtime.CompilerServices;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Personal;
using Anlan.Welding.Machines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Sessions;

/// <summary>Sessions within scope, newest first.</summary>
internal sealed class ListSessions(WeldingDb db, MachineIndex machines, CurrentScope scope, CityCalendar calendar, PeopleSeen seen, IPeople people, IEnterprises enterprises)
{
    private const int ExportPart = 1_000;

    public sealed record Row(
        Guid Id, string? Machine, Guid Person, string? PersonName, Guid Enterprise, string? EnterpriseName, DateTimeOffset StartedAt, DateTimeOffset? PoweredAt, DateTimeOffset? EndedAt,
        string? EndReason, bool IsEndConfirmed, double ArcSeconds, double ArcKilowattHours, double PeakAmperes, long Position);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/sessions", (string? search, Guid? machine, bool? open, string? division, DateOnly? day, ListSessions slice, CancellationToken stop, int page = 1, int size = 20) =>
                slice.RunAsync(new PageRequest(page, size), new RecordFilter(search, machine, division, day, Open: open), stop))
            .RequirePermission(WeldingPermissions.View).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Welding").WithSummary("List sessions, newest first; by machine code, area, day");

    public async Task<Page<Row>> RunAsync(PageRequest request, RecordFilter filter, CancellationToken stop)
    {
        var query = Matching(filter);
        var total = await query.CountAsync(stop);
        var rows = await Ordered(query).Skip(request.Skip).Take(request.Take).ToListAsync(stop);
        seen.Add(WelderViews.Sessions, rows.Select(s => s.Person.Value));
        return new Page<Row>([.. rows.Select(Read)], total);
    }

    /// <summary>How many match, for an export.</summary>
    public Task<int> CountAsync(RecordFilter filter, CancellationToken stop) => Matching(filter).CountAsync(stop);

    /// <summary>Whom those that match show, for an export.</summary>
    public async Task<IReadOnlyList<Guid>> WeldersAsync(RecordFilter filter, CancellationToken stop) =>
        [.. (await Matching(filter).Select(s => s.Person).Distinct().ToListAsync(stop)).Select(person => person.Value)];

    /// <summary>All that match, for an export; read in parts, so that a slow reader holds no transaction open.</summary>
    public async IAsyncEnumerable<Row> AllAsync(RecordFilter filter, [EnumeratorCancellation] CancellationToken stop)
    {
        DateTimeOffset? last = null;
        for (var told = 0; ;)
        {
            var query = Matching(filter);
            if (last is { } until) query = query.Where(s => s.StartedAt <= until);
            var part = await Ordered(query).Skip(told).Take(ExportPart).ToListAsync(stop);
            foreach (var session in part) yield return Read(session);
            if (part.Count < ExportPart) yield break;
            // The next part begins at the same moment, behind those of it that were told already.
            told = (last == part[^1].StartedAt ? told : 0) + part.Count(session => session.StartedAt == part[^1].StartedAt);
            last = part[^1].StartedAt;
        }
    }

    private static IOrderedQueryable<WeldSession> Ordered(IQueryable<WeldSession> query) => query.OrderByDescending(s => s.StartedAt).ThenByDescending(s => s.Id);

    private IQueryable<WeldSession> Matching(RecordFilter filter)
    {
        var query = db.Sessions.AsNoTracking().Within(scope.Now);
        if (filter.Of is { } one) query = query.Where(s => s.Machine == one);
        if (filter.Open is { } isOpen) query = query.Where(s => (s.EndedAt == null) == isOpen);
        if (filter.Hours(calendar) is var (from, before)) query = query.Where(s => s.StartedAt >= from && s.StartedAt < before);
        if (filter.Area is var (first, behind)) query = query.Where(s => s.Division != null && s.Division.Value >= first && s.Division.Value < behind);
        return filter.Capitals is not { } capitals ? query : query.Where(s => db.Machines.Any(m => m.Id == s.Machine && m.Code.Contains(capitals)));
    }

    private Row Read(WeldSession s) => Read(s, machines, people, enterprises);

    /// <summary>A session as lists and pages show it.</summary>
    public static Row Read(WeldSession s, MachineIndex machines, IPeople people, IEnterprises enterprises) => new(
        s.Id.Value, machines.Find(s.Machine)?.Code, s.Person.Value, people.Find(s.Person)?.MaskedName, s.Enterprise.Value, enterprises.Find(s.Enterprise)?.Name, s.StartedAt, s.PoweredAt, s.EndedAt,
        s.EndReason, s.IsEndConfirmed, Math.Round(s.ArcSeconds, 1), Math.Round(s.ArcJoules / 3_600_000, 4), Math.Round(s.PeakAmperes, 1), s.Seq);
}
