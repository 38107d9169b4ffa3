using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Organs;

/// <summary>How an assignment stands today.</summary>
internal enum AssignmentState
{
    /// <summary>In force.</summary>
    InForce,

    /// <summary>Begins later.</summary>
    Future,

    /// <summary>Ran out or was ended.</summary>
    Ended,
}

/// <summary>One organ with those directly below it and everything that it supervised, supervises and will supervise.</summary>
internal sealed class ShowOrgan(AccountsDb db, OrganIndex organs, AssignmentIndex assignments, ListOrgans list, IDivisions divisions, IEnterprises enterprises, CurrentScope scope, CityCalendar calendar)
{
    /// <param name="Below">The organs directly below it.</param>
    /// <param name="Assignments">In force first, then those to come, then past ones; the newest first.</param>
    public sealed record Shown(
        Guid Id, OrganKind Kind, string NameZh, string NameEn, OrganName? Parent, string? Seat, string? SeatName, bool IsActive, DateOnly? ClosedOn, string? CloseReason, int Accounts,
        DateTimeOffset EnteredAt, int Version, IReadOnlyList<OrganName> Below, IReadOnlyList<ShownAssignment> Assignments);

    /// <param name="Target">The division's path or the enterprise's name.</param>
    public sealed record ShownAssignment(
        Guid Id, string? Division, Guid? Enterprise, string Target, DateOnly From, DateOnly? To, AssignmentState State, string Basis, DateTimeOffset EnteredAt, string? EndReason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/organs/{organ:guid}", (Guid organ, ShowOrgan slice, CancellationToken stop) => slice.RunAsync(organ, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.ViewOrgans).Produces<Shown>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Organs").WithSummary("Show an organ and what it supervises");

    public async Task<Outcome<Shown>> RunAsync(Guid id, CancellationToken stop)
    {
        var organId = new OrganId(id);
        if (!scope.Now.CoversOrgan(id) || organs.Find(organId) is not { } facts || await db.Organs.AsNoTracking().SingleOrDefaultAsync(o => o.Id == organId, stop) is not { } o) return new Refusal("OrganUnknown");
        var row = list.Read([facts]).Single();
        return new Shown(
            id, o.Kind, o.NameZh, o.NameEn, row.Parent, row.Seat, row.SeatName, o.ClosedOn is null, o.ClosedOn, o.CloseReason, row.Accounts, o.EnteredAt, o.Version,
            [.. organs.All.Where(below => below.Parent == organId && below.IsActive).OrderBy(below => below.Kind).ThenBy(below => below.NameZh, StringComparer.Ordinal).Select(below => OrganName.Of(below)!)],
            [.. assignments.Of(organId).Select(Read).OrderBy(a => a.State).ThenByDescending(a => a.From).ThenBy(a => a.Division, StringComparer.Ordinal).ThenBy(a => a.Id)]);
    }

    private ShownAssignment Read(AssignmentFacts a)
    {
        var today = calendar.Today;
        var state = a.IsInForceOn(today) ? AssignmentState.InForce : a.IsOpenOn(today) ? AssignmentState.Future : AssignmentState.Ended;
        var target = a.Division is { } division ? divisions.PathOf(division) : enterprises.Find(a.Enterprise!.Value)?.Name ?? "";
        return new ShownAssignment(a.Id, a.Division?.Value, a.Enterprise?.Value, target, a.From, a.To, state, a.Basis, a.EnteredAt, a.EndReason);
    }
}
