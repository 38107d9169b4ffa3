using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Alarms.Rosters;

/// <summary>Puts somebody on the plan, or takes a shift out again.</summary>
internal sealed class EnterShift(AlarmsDb db, ShiftIndex shifts, OfficeReach reach, IStaff staff, CityCalendar calendar, TimeProvider clock)
{
    /// <param name="Account">Who; needs the permission to handle alarms.</param>
    /// <param name="Days">On which days.</param>
    /// <param name="From">Begin, by the city's clock.</param>
    /// <param name="To">End; not after the begin: on the next day.</param>
    /// <param name="FirstDay">First day on which it begins; left out: today.</param>
    /// <param name="LastDay">Last day on which it begins; left out: until it is taken out.</param>
    internal sealed record Request(Guid? Account, DutyDays Days, TimeOnly? From, TimeOnly? To, DateOnly? FirstDay, DateOnly? LastDay);

    /// <summary>The shift.</summary>
    public sealed record Entered(Guid Id);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/alarms/duty/shifts", (Request request, EnterShift slice, CancellationToken stop) => slice.RunAsync(request, stop).ToHttpAsync())
            .RequirePermission(AlarmsPermissions.Plan).Produces<Entered>().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Duty").WithSummary("Put somebody on the duty plan");
        api.MapDelete("/alarms/duty/shifts/{dutyShift:guid}", (Guid dutyShift, EnterShift slice, CancellationToken stop) => slice.RemoveAsync(dutyShift, stop).ToHttpAsync())
            .RequirePermission(AlarmsPermissions.Plan).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Records).WithTags("Duty").WithSummary("Take a shift out of the plan");
    }

    /// <summary>Colleagues who may be put on the plan of one's own office.</summary>
    public IReadOnlyList<StaffMember> Colleagues() => staff.Of(reach.Own, AlarmsPermissions.Handle);

    /// <summary>Refused by field with <c>DutyAccountUnknown</c>, <c>DutyHoursMissing</c> and <c>DutyDaysInvalid</c>.</summary>
    public async Task<Outcome<Entered>> RunAsync(Request request, CancellationToken stop)
    {
        List<Refusal> refusals = [];
        var member = request.Account is { } account ? staff.Find(account, AlarmsPermissions.Handle) : null;
        if (member is null || !reach.MayPlan(member.Office)) refusals.Add(Refusal.OfField("account", "DutyAccountUnknown"));
        if (request.From is null) refusals.Add(Refusal.OfField("from", "DutyHoursMissing"));
        if (request.To is null) refusals.Add(Refusal.OfField("to", "DutyHoursMissing"));
        var first = request.FirstDay ?? calendar.Today;
        if (request.LastDay < first) refusals.Add(Refusal.OfField("lastDay", "DutyDaysInvalid"));
        if (refusals.Count > 0) return Outcome<Entered>.Refused(refusals);
        var shift = new DutyShift
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Organ = member!.Office.Organ is { } organ ? new OrganId(organ) : null,
            Enterprise = member.Office.Enterprise is { } enterprise ? new EnterpriseId(enterprise) : null,
            Account = member.Account,
            Days = request.Days,
            From = request.From!.Value,
            To = request.To!.Value,
            FirstDay = first,
            LastDay = request.LastDay,
        };
        db.Context.Add(shift);
        db.Context.Audit("alarms.duty.entered", $"shift/{shift.Id}", new { shift.Account, shift.Days, shift.From, shift.To, shift.FirstDay, shift.LastDay });
        await db.Context.SaveAsync(stop);
        return new Entered(shift.Id);
    }

    /// <summary>Refused with <c>DutyUnknown</c>, <c>DutyNotYours</c> and <c>ChangedMeanwhile</c>.</summary>
    public async Task<Outcome> RemoveAsync(Guid id, CancellationToken stop)
    {
        if (shifts.Find(id) is not { } shift || !reach.Covers(OfficeReach.OfficeOf(shift))) return Outcome.Refused("DutyUnknown");
        if (!reach.MayPlan(OfficeReach.OfficeOf(shift))) return Outcome.Refused("DutyNotYours");
        db.Context.Remove(shift);
        db.Context.Audit("alarms.duty.removed", $"shift/{id}", new { shift.Account });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
