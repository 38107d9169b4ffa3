using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Http;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Fitting;

/// <summary>The steps of a fitting that people take: survey, agreed day, putting to use, fault; and taking the last one back.</summary>
internal sealed class MoveFitting(WeldingDb db, FindMachine find, FittingDesk desk, FittingRules rules, Attachments files, OpenSessions sessions, CityCalendar calendar, TimeProvider clock)
{
    private const int MostDaysAhead = 366;

    /// <param name="Note">What was found or why; needed for a fault.</param>
    /// <param name="On">The agreed day.</param>
    internal sealed record Request(string? Note = null, DateOnly? On = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        Map(api, "survey", "Say that a machine was looked at", (slice, code, request, stop) => slice.SurveyAsync(code, request, stop));
        Map(api, "schedule", "Agree on the day of the fitting", (slice, code, request, stop) => slice.ScheduleAsync(code, request, stop));
        Map(api, "activate", "Put a tested machine to use", (slice, code, _, stop) => slice.ActivateAsync(code, stop));
        Map(api, "fault", "Report a fault; a running session ends", (slice, code, request, stop) => slice.ReportFaultAsync(code, request, stop));
        Map(api, "undo", "Take the last step back", (slice, code, _, stop) => slice.UndoAsync(code, stop));
    }

    public Task<Outcome> SurveyAsync(string code, Request request, CancellationToken stop) => TakeAsync(code, FittingAct.Survey, Note(request), "welding.fitting.surveyed", null, stop);

    public async Task<Outcome> ScheduleAsync(string code, Request request, CancellationToken stop)
    {
        if (await find.RowAsync(code, stop) is not { } machine) return Outcome.Refused(FindMachine.Unknown(code));
        if (FittingRule.Next(machine.Fitting, FittingAct.Schedule) is null) return Outcome.Refused(FittingDesk.OutOfTurn(machine));
        var today = calendar.Today;
        if (request.On is not { } day || day < today || day > today.AddDays(MostDaysAhead)) return Outcome.Refused(Refusal.OfField("on", "FittingDayInvalid") with { Measured = request.On is { } asked ? FactValue.Of(asked) : null, Limit = FactValue.Of(today) });
        return await TakeAsync(code, FittingAct.Schedule, Note(request), "welding.fitting.scheduled", (row, step) => row.FittingPlannedOn = step.PlannedOn = day, stop);
    }

    public async Task<Outcome> ActivateAsync(string code, CancellationToken stop)
    {
        if (find.Facts(code) is not { } facts || await find.RowAsync(code, stop) is not { } machine) return Outcome.Refused(FindMachine.Unknown(code));
        if (FittingRule.Next(machine.Fitting, FittingAct.Activate) is null) return Outcome.Refused(FittingDesk.OutOfTurn(machine));
        var (limits, refusals) = (rules.For(facts), new List<Refusal>());
        var passed = await db.FittingSteps.AsNoTracking().Where(s => s.Machine == machine.Id && s.UndoneAt == null && s.Act == FittingAct.Pass && s.Chip == machine.ChipSerial).OrderByDescending(s => s.Id).FirstOrDefaultAsync(stop);
        if (passed is null || clock.GetUtcNow() - passed.At > limits.TestAge.Span) refusals.Add(limits.TestAge.Refuse("FittingTestTooOld", passed is null ? FactValue.Word("Fact.Never") : FactValue.Of(passed.At), FactValue.Of(limits.TestAge.Span)));
        var photos = (await files.ListAsync(MachineFiles.Kind, machine.Id.Value, stop)).Count(file => file.WithdrawnAt is null && file.Part == MachineFiles.Chip);
        if (photos == 0) refusals.Add(limits.Photos.Refuse("FittingPhotoMissing", FactValue.Count(photos), FactValue.Count(1)));
        return refusals.Count > 0 ? Outcome.Refused(refusals) : await TakeAsync(code, FittingAct.Activate, null, "welding.fitting.activated", null, stop);
    }

    public async Task<Outcome> ReportFaultAsync(string code, Request request, CancellationToken stop) =>
        MachineRules.Reason(Note(request) ?? "") is { } fault ? Outcome.Refused(fault with { Field = "note" }) : await TakeAsync(code, FittingAct.ReportFault, Note(request), "welding.fitting.faulty", null, stop);

    public async Task<Outcome> UndoAsync(string code, CancellationToken stop)
    {
        if (await find.RowAsync(code, stop) is not { } machine) return Outcome.Refused(FindMachine.Unknown(code));
        if (await desk.LastAsync(machine, stop) is not { } last || !FittingRule.CanBeUndone(last.Act) || last.To != machine.Fitting) return Outcome.Refused("FittingNotUndoable");
        if (sessions.At(machine.Id) is not null) return Outcome.Refused("SessionOpen");
        desk.Undo(machine, last, await desk.PlannedBeforeAsync(last, stop));
        if (last.Act == FittingAct.Install && machine.ChipSerial is { } serial)
        {
            machine.ChipSerial = null;
            db.Context.Publish(new ChipFitted(null, serial, clock.GetUtcNow()));
        }

        db.Context.Audit("welding.fitting.undone", $"machine/{machine.Id.Value}", new { step = last.Id, act = last.Act.ToString(), chip = last.Chip });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }

    private static void Map(IEndpointRouteBuilder api, string verb, string summary, Func<MoveFitting, string, Request, CancellationToken, Task<Outcome>> run) =>
        api.MapPost("/machines/{code}/fitting/" + verb, (string code, Request? request, MoveFitting slice, CancellationToken stop) => run(slice, code, request ?? new Request(), stop).ToHttpAsync())
            .RequirePermission(WeldingPermissions.Fit).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Fitting").WithSummary(summary);

    private async Task<Outcome> TakeAsync(string code, FittingAct act, string? note, string action, Action<WeldingMachine, FittingStep>? also, CancellationToken stop)
    {
        if (await find.RowAsync(code, stop) is not { } machine) return Outcome.Refused(FindMachine.Unknown(code));
        if (note is not null && MachineRules.Reason(note) is { } fault) return Outcome.Refused(fault with { Field = "note" });
        if (desk.Take(machine, act, note) is not { } step) return Outcome.Refused(FittingDesk.OutOfTurn(machine));
        also?.Invoke(machine, step);
        db.Context.Audit(action, $"machine/{machine.Id.Value}", new { from = step.From.ToString(), to = step.To.ToString(), note, step.PlannedOn });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }

    private static string? Note(Request request) => request.Note?.Trim() is { Length: > 0 } note ? note : null;
}
