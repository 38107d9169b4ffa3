using System.Runtime.CompilerServices;
using System.Text.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Personal;
using Anlan.Welding.Machines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Sessions;

/// <summary>Refused starts within scope with every reason, newest first.</summary>
internal sealed class ListRefusals(WeldingDb db, MachineIndex machines, CurrentScope scope, PeopleSeen seen, IPeople people, IEnterprises enterprises)
{
    private const int ExportPart = 1_000;

    public sealed record Row(Guid Decision, string? Machine, Guid? Person, string? PersonName, string? EnterpriseName, DateTimeOffset At, string Code, IReadOnlyList<Refusal> Refusals, long Position);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/refusals", (string? search, string? code, Guid? machine, ListRefusals slice, CancellationToken stop, int page = 1, int size = 20) =>
                slice.RunAsync(new PageRequest(page, size, search, null), code, machine, stop))
            .RequirePermission(WeldingPermissions.View).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Welding").WithSummary("List refused starts, newest first; search by machine code");

    public async Task<Page<Row>> RunAsync(PageRequest request, string? code, Guid? machine, CancellationToken stop)
    {
        var query = Matching(request.Term, code, machine);
        var total = await query.CountAsync(stop);
        var rows = await query.OrderByDescending(r => r.Seq).Skip(request.Skip).Take(request.Take).ToListAsync(stop);
        seen.Add(WelderViews.Refusals, rows.Select(r => r.Person?.Value).OfType<Guid>());
        return new Page<Row>([.. rows.Select(Read)], total);
    }

    /// <summary>How many match, for an export.</summary>
    public Task<int> CountAsync(string? term, string? code, Guid? machine, CancellationToken stop) => Matching(term, code, machine).CountAsync(stop);

    /// <summary>Whom those that match show, for an export.</summary>
    public async Task<IReadOnlyList<Guid>> WeldersAsync(string? term, string? code, Guid? machine, CancellationToken stop) =>
        [.. (await Matching(term, code, machine).Select(r => r.Person).Distinct().ToListAsync(stop)).Select(person => person?.Value).OfType<Guid>()];

    /// <summary>All that match, for an export; read in parts, so that a slow reader holds no transaction open.</summary>
    public async IAsyncEnumerable<Row> AllAsync(string? term, string? code, Guid? machine, [EnumeratorCancellation] CancellationToken stop)
    {
        for (var last = long.MaxValue; ;)
        {
            var before = last;
            var part = await Matching(term, code, machine).Where(r => r.Seq < before).OrderByDescending(r => r.Seq).Take(ExportPart).ToListAsync(stop);
            foreach (var refused in part) yield return Read(refused);
            if (part.Count < ExportPart) yield break;
            last = part[^1].Seq;
        }
    }

    private IQueryable<RefusedStart> Matching(string? term, string? code, Guid? machine)
    {
        var query = db.RefusedStarts.AsNoTracking().Within(scope.Now);
        if (code is not null) query = query.Where(r => r.Code == code);
        if (machine is { } one) query = query.Where(r => r.Machine == new MachineId(one));
        if (term is null) return query;
        // Codes are kept in capitals.
        var capitals = term.ToUpperInvariant();
        return query.Where(r => db.Machines.Any(m => m.Id == r.Machine && m.Code.Contains(capitals)));
    }

    private Row Read(RefusedStart r) => new(
        r.Id, machines.Find(r.Machine)?.Code, r.Person?.Value, r.Person is { } p ? people.Find(p)?.MaskedName : null, r.Enterprise is { } e ? enterprises.Find(e)?.Name : null, r.At, r.Code,
        JsonSerializer.Deserialize<List<Refusal>>(r.Refusals, JsonSerializerOptions.Web) ?? [], r.Seq);
}
