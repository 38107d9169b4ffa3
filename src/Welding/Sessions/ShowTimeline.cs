using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Anlan.Welding.Machines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Sessions;

/// <summary>Everything that happened at a machine, newest first.</summary>
internal sealed class ShowTimeline(WeldingDb db, MachineIndex machines, CurrentScope scope, PeopleSeen seen, IPeople people)
{
    /// <param name="Seq">Position in the log.</param>
    /// <param name="At">When it happened.</param>
    /// <param name="HeardAt">When the server heard of it.</param>
    /// <param name="Kind">What.</param>
    /// <param name="Reason">Reason code, or null.</param>
    /// <param name="Session">Session, or null.</param>
    /// <param name="PersonName">Masked name of the welder, or null.</param>
    /// <param name="Value">Measured value, or null.</param>
    public sealed record Line(long Seq, DateTimeOffset At, DateTimeOffset HeardAt, string Kind, string? Reason, Guid? Session, string? PersonName, double? Value);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/machines/{code}/events", (string code, ShowTimeline slice, CancellationToken stop, int page = 1, int size = 50) => slice.RunAsync(code, new PageRequest(page, size, null, null), stop).ToHttpAsync())
            .RequirePermission(WeldingPermissions.View).Produces<Page<Line>>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Welding").WithSummary("The timeline of a machine, newest first");

    public async Task<Outcome<Page<Line>>> RunAsync(string code, PageRequest request, CancellationToken stop)
    {
        if (machines.FindByCode(code) is not { } machine || !machine.Anchor.IsWithin(scope.Now)) return new Refusal("MachineUnknown");
        var query = db.MachineEvents.AsNoTracking().Where(e => e.Machine == machine.Id);
        var total = await query.CountAsync(stop);
        var rows = await query.OrderByDescending(e => e.Seq).Skip(request.Skip).Take(request.Take).ToListAsync(stop);
        seen.Add(WelderViews.Timeline, rows.Select(e => e.Person?.Value).OfType<Guid>());
        return new Page<Line>([.. rows.Select(e => new Line(e.Seq, e.At, e.HeardAt, e.Kind, e.Reason, e.Session, e.Person is { } p ? people.Find(p)?.MaskedName : null, e.Value))], total);
    }
}
