using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Welding.Machines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Sessions;

/// <summary>Sessions within reach, newest first.</summary>
internal sealed class ListSessions(WeldingDb db, MachineIndex machines, MachineReach reach, IPeople people, IEnterprises enterprises)
{
    public sealed record Row(
        Guid Id, string? Machine, Guid Person, string? PersonName, Guid Enterprise, string? EnterpriseName, DateTimeOffset StartedAt, DateTimeOffset? PoweredAt, DateTimeOffset? EndedAt,
        string? EndReason, bool IsEndConfirmed, double ArcSeconds, double ArcKilowattHours, double PeakAmperes);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/sessions", (string? search, Guid? machine, bool? open, ListSessions slice, CancellationToken stop, int page = 1, int size = 20) =>
                slice.RunAsync(new PageRequest(page, size, search, null), machine, open, stop))
            .RequirePermission(WeldingPermissions.View).WithTags("Welding").WithSummary("List sessions, newest first; search by machine code");

    public async Task<Page<Row>> RunAsync(PageRequest request, Guid? machine, bool? open, CancellationToken stop)
    {
        var query = db.Sessions.AsNoTracking();
        if (reach.OnlyEnterprise is { } only) query = query.Where(s => s.Enterprise == new EnterpriseId(only));
        if (machine is { } one) query = query.Where(s => s.Machine == new MachineId(one));
        if (open is { } isOpen) query = query.Where(s => (s.EndedAt == null) == isOpen);
        if (request.Term is { } term) query = query.Where(s => db.Machines.Any(m => m.Id == s.Machine && m.Code.Contains(term)));
        var total = await query.CountAsync(stop);
        var rows = await query.OrderByDescending(s => s.StartedAt).ThenByDescending(s => s.Id).Skip(request.Skip).Take(request.Take).ToListAsync(stop);
        return new Page<Row>([.. rows.Select(Read)], total);
    }

    private Row Read(WeldSession s) => new(
        s.Id.Value, machines.Find(s.Machine)?.Code, s.Person.Value, people.Find(s.Person)?.MaskedName, s.Enterprise.Value, enterprises.Find(s.Enterprise)?.Name, s.StartedAt, s.PoweredAt, s.EndedAt,
        s.EndReason, s.IsEndConfirmed, Math.Round(s.ArcSeconds, 1), Math.Round(s.ArcJoules / 3_600_000, 4), Math.Round(s.PeakAmperes, 1));
}
