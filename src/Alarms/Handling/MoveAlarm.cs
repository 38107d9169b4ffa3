using Anlan.Alarms.Board;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Alarms.Handling;

/// <summary>A step of a person: written to the log first; of two who take the same step, one was first.</summary>
internal sealed class MoveAlarm(AlarmsDb db, AlarmBoard board, HotLog log, Projector projector, AlarmReach reach, CurrentActor current, TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <param name="Note">Why, or what was found or done; needed to call an alarm false, to say that it is handled, to hand it on and to turn its sound off.</param>
    /// <param name="Latitude">Where the phone is, WGS-84.</param>
    /// <param name="Longitude">Where the phone is, WGS-84.</param>
    internal sealed record Request(string? Note = null, double? Latitude = null, double? Longitude = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        Map(api, "acknowledge", AlarmAct.Acknowledge, "Take an alarm over");
        Map(api, "arrive", AlarmAct.Arrive, "Say that somebody is on site");
        Map(api, "verify", AlarmAct.Verify, "Say that it is true");
        Map(api, "mark-false", AlarmAct.MarkFalse, "Say that it was none, and why; it ends");
        Map(api, "handle", AlarmAct.Handle, "Say what was done");
        Map(api, "close", AlarmAct.Close, "End an alarm that was handled and whose condition is over");
        Map(api, "refer", AlarmAct.Refer, "Hand it on as a clue for a case; it ends here");
        Map(api, "silence", AlarmAct.Silence, "Turn its sound off for yourself, for a reason");
    }

    /// <summary>
    /// Takes the step. Refused with <c>AlarmUnknown</c>, <c>AlarmNoteMissing</c>, <c>AlarmPlaceInvalid</c>,
    /// <c>AlarmStepOutOfTurn</c> (its state), <c>AlarmLasts</c>, <c>ChangedMeanwhile</c>, and <c>AlarmTrails</c> when it is written down and the tables do not know it yet.
    /// </summary>
    public async Task<Outcome> RunAsync(long number, AlarmAct act, Request request, CancellationToken stop)
    {
        if (await FindAsync(number, stop) is not { } alarm) return Outcome.Refused(new Refusal("AlarmUnknown") { Measured = FactValue.Count(number) });
        var note = request.Note?.Trim() ?? "";
        if (AlarmRule.CheckNote("note", note, AlarmRule.AsksNote(act)) is { } fault) return Outcome.Refused(fault);
        if (request is { Latitude: < -90 or > 90 } or { Longitude: < -180 or > 180 } || request.Latitude is null != request.Longitude is null) return Outcome.Refused(Refusal.OfField("latitude", "AlarmPlaceInvalid"));
        if (AlarmRule.Check(alarm, act) is { } refusal) return Outcome.Refused(refusal);
        var body = new StepBody(number, act, Side, current.Actor.Account, current.Actor.Organ, current.Actor.Enterprise, request.Latitude, request.Longitude, note.Length == 0 ? null : note, null, current.Actor.OnBehalfOf, current.Actor.Key);
        var appended = await log.AppendAsync(body.Draft(clock.GetUtcNow()), stop);
        // Somebody else's, or the own one pressed twice.
        if (!appended.IsAppended) return Outcome.Refused("ChangedMeanwhile");
        if (!await IsProjectedAsync(appended.Seq, stop)) return Outcome.Refused("AlarmTrails");
        return await db.Steps.AsNoTracking().AnyAsync(step => step.Seq == appended.Seq, stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }

    private AlarmSide Side => current.Actor switch
    {
        { Enterprise: not null } => AlarmSide.Enterprise,
        { Organ: not null } => AlarmSide.Organ,
        _ => AlarmSide.Installation,
    };

    private static void Map(IEndpointRouteBuilder api, string verb, AlarmAct act, string summary) =>
        api.MapPost("/alarms/{number:long}/" + verb, (long number, Request request, MoveAlarm slice, CancellationToken stop) => slice.RunAsync(number, act, request, stop).ToHttpAsync())
            .RequirePermission(AlarmsPermissions.Handle).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Alarms").WithSummary(summary);

    private async Task<Alarm?> FindAsync(long number, CancellationToken stop) =>
        board.Find(number) is { } open ? reach.Covers(open) ? open : null : await reach.Within(db.Alarms.AsNoTracking()).SingleOrDefaultAsync(alarm => alarm.Number == number, stop);

    private async Task<bool> IsProjectedAsync(long seq, CancellationToken stop)
    {
        for (var from = clock.GetTimestamp(); projector.Seq < seq; await Task.Delay(Look, CancellationToken.None))
        {
            if (clock.GetElapsedTime(from) > LongestWait || stop.IsCancellationRequested) return false;
        }

        return true;
    }
}
