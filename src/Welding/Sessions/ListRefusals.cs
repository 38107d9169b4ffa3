using System.Runtime.CompilerServices;
using System.Text.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Outcomes;
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

/// <summary>Refused starts within scope with every reason, newest first.</summary>
internal sealed class ListRefusals(WeldingDb db, MachineIndex machines, CurrentScope scope, CityCalendar calendar, PeopleSeen seen, IPeople people, IEnterprises enterprises)
{
    private const int ExportPart = 1_000;

    public sealed record Row(Guid Decision, string? Machine, Guid? Person, string? PersonName, string? EnterpriseName, DateTimeOffset At, string Code, IReadOnlyList<Refusal> Refusals, long Position);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/refusals", (string? search, string? code, Guid? machine, string? division, DateOnly? day, ListRefusals slice, CancellationToken stop, int page = 1, int size = 20) =>
                slice.RunAsync(new PageRequest(page, size), new RecordFilter(search, machine, division, day, Code: code), stop))
            .RequirePermission(WeldingPermissions.View).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Welding").WithSummary("List refused starts, newest first; by machine code, reason, area, day");

    public async Task<Page<Row>> RunAsync(PageRequest request, RecordFilter filter, CancellationToken stop)
    {
        var query = Matching(filter);
        var total = await query.CountAsync(stop);
        var rows = await query.OrderByDescending(r => r.Seq).Skip(request.Skip).Take(request.Take).ToListAsync(stop);
        seen.Add(WelderViews.Refusals, rows.Select(r => r.Person?.Value).OfType<Guid>());
        return new Page<Row>([.. rows.Select(Read)], total);
    }

    /// <summary>How many match, for an export.</summary>
    public Task<int> CountAsync(RecordFilter filter, CancellationToken stop) => Matching(filter).CountAsync(stop);

    /// <summary>Whom those that match show, for an export.</summary>
    public async Task<IReadOnlyList<Guid>> WeldersAsync(RecordFilter filter, CancellationToken stop) =>
        [.. (await Matching(filter).Select(r => r.Person).Distinct().ToListAsync(stop)).Select(person => person?.Value).OfType<Guid>()];

    /// <summary>All that match, for an export; read in parts, so that a slow reader holds no transaction open.</summary>
    public async IAsyncEnumerable<Row> AllAsync(RecordFilter filter, [EnumeratorCancellation] CancellationToken stop)
    {
        for (var last = long.MaxValue; ;)
        {
            var before = last;
            var part = await Matching(filter).Where(r => r.Seq < before).OrderByDescending(r => r.Seq).Take(ExportPart).ToListAsync(stop);
            foreach (var refused in part) yield return Read(refused);
            if (part.Count < ExportPart) yield break;
            last = part[^1].Seq;
        }
    }

    private IQueryable<RefusedStart> Matching(RecordFilter filter)
    {
        var query = db.RefusedStarts.AsNoTracking().Within(scope.Now);
        if (filter.Code is { } code) query = query.Where(r => r.Code == code);
        if (filter.Of is { } one) query = query.Where(r => r.Machine == one);
        if (filter.Hours(calendar) is var (from, before)) query = query.Where(r => r.At >= from && r.At < before);
        if (filter.Area is var (first, behind)) query = query.Where(r => r.Division != null && r.Division.Value >= first && r.Division.Value < behind);
        return filter.Capitals is not { } capitals ? query : query.Where(r => db.Machines.Any(m => m.Id == r.Machine && m.Code.Contains(capitals)));
    }

    private Row Read(RefusedStart r) => new(
        r.Id, machines.Find(r.Machine)?.Code, r.Person?.Value, r.Person is { } p ? people.Find(p)?.MaskedName : null, r.Enterprise is { } e ? enterprises.Find(e)?.Name : null, r.At, r.Code,
        JsonSerializer.Deserialize<List<Refusal>>(r.Refusals, JsonSerializerOptions.Web) ?? [], r.Seq);
}
