using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Welding.Machines;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Fitting;

/// <summary>Moves a machine's fitting on and back, together with the step that says so; the caller saves.</summary>
internal sealed class FittingDesk(WeldingDb db, CurrentActor current, TimeProvider clock)
{
    /// <summary>An act that does not fit to the state of the machine.</summary>
    public static Refusal OutOfTurn(WeldingMachine machine) => new("FittingOutOfTurn") { Measured = FactValue.Word("Fitting." + machine.Fitting) };

    /// <summary>Takes a step; for <see cref="FittingAct.Remove"/> before the chip is taken off, for <see cref="FittingAct.Install"/> after it was put on.</summary>
    /// <returns>The step, or null when the act does not fit.</returns>
    public FittingStep? Take(WeldingMachine machine, FittingAct act, string? note = null)
    {
        if (FittingRule.Next(machine.Fitting, act) is not { } to) return null;
        var step = StepTo(machine, act, to, note);
        db.FittingSteps.Add(step);
        if (step.From == FittingState.Active && to != FittingState.Active) db.Context.Publish(new FittingChanged(machine.Id));
        return step;
    }

    /// <summary>A step to any state, not added yet: what a file says is so.</summary>
    public FittingStep StepTo(WeldingMachine machine, FittingAct act, FittingState to, string? note = null)
    {
        var now = clock.GetUtcNow();
        var step = new FittingStep
        {
            Id = Guid.CreateVersion7(now),
            Machine = machine.Id,
            Act = act,
            From = machine.Fitting,
            To = to,
            Chip = machine.ChipSerial,
            At = now,
            Account = current.Actor.Account,
            By = current.Actor.Name,
            Note = note,
        };
        (machine.Fitting, machine.FittingPlannedOn) = (to, null);
        return step;
    }

    /// <summary>The last step that holds, or null.</summary>
    public Task<FittingStep?> LastAsync(WeldingMachine machine, CancellationToken stop) =>
        db.FittingSteps.Where(s => s.Machine == machine.Id && s.UndoneAt == null).OrderByDescending(s => s.Id).FirstOrDefaultAsync(stop);

    /// <summary>Takes a step back: the machine is as it was before; a chip that the step fitted has to be taken off by the caller.</summary>
    public void Undo(WeldingMachine machine, FittingStep step, DateOnly? plannedOn)
    {
        (step.UndoneAt, step.UndoneBy) = (clock.GetUtcNow(), current.Actor.Name);
        if (machine.Fitting == FittingState.Active) db.Context.Publish(new FittingChanged(machine.Id));
        (machine.Fitting, machine.FittingPlannedOn) = (step.From, plannedOn);
    }

    /// <summary>The day that held before a step, where it was scheduled.</summary>
    public async Task<DateOnly?> PlannedBeforeAsync(FittingStep step, CancellationToken stop) => step.From != FittingState.Scheduled
        ? null
        : await db.FittingSteps.Where(s => s.Machine == step.Machine && s.UndoneAt == null && s.Act == FittingAct.Schedule && s.Id < step.Id).OrderByDescending(s => s.Id).Select(s => s.PlannedOn).FirstOrDefaultAsync(stop);
}
