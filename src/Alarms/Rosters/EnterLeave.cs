using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Alarms.Rosters;

/// <summary>Says who stands in while somebody is away, or takes that back.</summary>
internal sealed class EnterLeave(AlarmsDb db, LeaveIndex leaves, OfficeReach reach, IStaff staff, TimeProvider clock)
{
    /// <param name="Account">Who is away.</param>
    /// <param name="Substitute">Who stands in; of the same office and allowed to handle alarms.</param>
    /// <param name="FirstDay">First day.</param>
    /// <param name="LastDay">Last day.</param>
    internal sealed record Request(Guid? Account, Guid? Substitute, DateOnly? FirstDay, DateOnly? LastDay);

    /// <summary>The leave.</summary>
    public sealed record Entered(Guid Id);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/alarms/duty/leaves", (Request request, EnterLeave slice, CancellationToken stop) => slice.RunAsync(request, stop).ToHttpAsync())
            .RequirePermission(AlarmsPermissions.Plan).Produces<Entered>().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Duty").WithSummary("Say who stands in while somebody is away");
        api.MapDelete("/alarms/duty/leaves/{dutyLeave:guid}", (Guid dutyLeave, EnterLeave slice, CancellationToken stop) => slice.RemoveAsync(dutyLeave, stop).ToHttpAsync())
            .RequirePermission(AlarmsPermissions.Plan).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Records).WithTags("Duty").WithSummary("Take a leave back");
    }

    /// <summary>Refused by field with <c>DutyAccountUnknown</c>, <c>SubstituteInvalid</c> and <c>DutyDaysInvalid</c>.</summary>
    public async Task<Outcome<Entered>> RunAsync(Request request, CancellationToken stop)
    {
        List<Refusal> refusals = [];
        var (away, substitute) = (Find(request.Account), Find(request.Substitute));
        if (away is null || !reach.MayPlan(away.Office)) refusals.Add(Refusal.OfField("account", "DutyAccountUnknown"));
        else if (substitute is null || substitute.Office != away.Office || substitute.Account == away.Account) refusals.Add(Refusal.OfField("substitute", "SubstituteInvalid"));
        if (request.FirstDay is null) refusals.Add(Refusal.OfField("firstDay", "DutyDaysInvalid"));
        if (request.LastDay is null || request.LastDay < request.FirstDay) refusals.Add(Refusal.OfField("lastDay", "DutyDaysInvalid"));
        if (refusals.Count > 0) return Outcome<Entered>.Refused(refusals);
        var leave = new DutyLeave
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Organ = away!.Office.Organ is { } organ ? new OrganId(organ) : null,
            Enterprise = away.Office.Enterprise is { } enterprise ? new EnterpriseId(enterprise) : null,
            Account = away.Account,
            Substitute = substitute!.Account,
            FirstDay = request.FirstDay!.Value,
            LastDay = request.LastDay!.Value,
        };
        db.Context.Add(leave);
        db.Context.Audit("alarms.leave.entered", $"leave/{leave.Id}", new { leave.Account, leave.Substitute, leave.FirstDay, leave.LastDay });
        await db.Context.SaveAsync(stop);
        return new Entered(leave.Id);
    }

    /// <summary>Refused with <c>DutyUnknown</c>, <c>DutyNotYours</c> and <c>ChangedMeanwhile</c>.</summary>
    public async Task<Outcome> RemoveAsync(Guid id, CancellationToken stop)
    {
        if (leaves.Find(id) is not { } leave || !reach.Covers(OfficeReach.OfficeOf(leave))) return Outcome.Refused("DutyUnknown");
        if (!reach.MayPlan(OfficeReach.OfficeOf(leave))) return Outcome.Refused("DutyNotYours");
        db.Context.Remove(leave);
        db.Context.Audit("alarms.leave.removed", $"leave/{id}", new { leave.Account, leave.Substitute });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }

    private StaffMember? Find(Guid? account) => account is { } id ? staff.Find(id, AlarmsPermissions.Handle) : null;
}
