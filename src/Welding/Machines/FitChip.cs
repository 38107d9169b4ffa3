using Anlan.Contracts.Devices;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Welding.Fitting;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Machines;

/// <summary>Binds a chip to the machine that it was fitted to, and takes it off again.</summary>
internal sealed class FitChip(WeldingDb db, MachineIndex index, FindMachine find, IDevices devices, OpenSessions sessions, FittingDesk desk, CurrentScope scope, TimeProvider clock)
{
    /// <param name="Serial">Serial of the chip.</param>
    /// <param name="Moves">The chip was fitted to another machine by mistake: it comes from there.</param>
    internal sealed record Request(string? Serial, bool Moves = false);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/machines/{code}/chip", (string code, Request request, FitChip slice, CancellationToken stop) => slice.FitAsync(code, request, stop).ToHttpAsync())
            .RequirePermission(WeldingPermissions.Fit).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Machines").WithSummary("Bind a chip to a machine");
        api.MapDelete("/machines/{code}/chip", (string code, FitChip slice, CancellationToken stop) => slice.TakeOffAsync(code, stop).ToHttpAsync())
            .RequirePermission(WeldingPermissions.Fit).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Machines").WithSummary("Take the chip off a machine");
    }

    public async Task<Outcome> FitAsync(string code, Request request, CancellationToken stop)
    {
        if (await find.RowAsync(code, stop) is not { } machine) return Outcome.Refused(FindMachine.Unknown(code));
        if (machine.ScrapReason is not null) return Outcome.Refused("MachineScrapped");
        var serial = request.Serial?.Trim() ?? "";
        // A repeated request, as over a bad mobile connection, is not an error.
        if (machine.ChipSerial == serial) return Outcome.Done;
        var fault = Fault(serial);
        var isMoved = request.Moves && fault?.Code == "ChipElsewhere";
        if (fault is not null && !isMoved) return Outcome.Refused(fault);
        if (machine.ChipSerial is { } other) return Outcome.Refused(new Refusal("MachineHasChip") { Measured = FactValue.Text(other) });
        if (sessions.At(machine.Id) is not null) return Outcome.Refused("SessionOpen");
        if (isMoved && await GiveUpAsync(index.FindByChip(serial)!, machine, stop) is { } kept) return Outcome.Refused(kept);

        machine.ChipSerial = serial;
        desk.Take(machine, FittingAct.Install);
        db.Context.Audit("welding.chip.fitted", $"machine/{machine.Id.Value}", new { chip = serial });
        db.Context.Publish(new ChipFitted(machine.Id, serial, clock.GetUtcNow()));
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }

    public async Task<Outcome> TakeOffAsync(string code, CancellationToken stop)
    {
        if (await find.RowAsync(code, stop) is not { } machine) return Outcome.Refused(FindMachine.Unknown(code));
        if (machine.ChipSerial is not { } serial) return Outcome.Refused("NoChip");
        if (sessions.At(machine.Id) is not null) return Outcome.Refused("SessionOpen");

        desk.Take(machine, FittingAct.Remove);
        machine.ChipSerial = null;
        db.Context.Audit("welding.chip.taken-off", $"machine/{machine.Id.Value}", new { chip = serial });
        db.Context.Publish(new ChipFitted(null, serial, clock.GetUtcNow()));
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }

    // A chip that was just scanned at the wrong machine was never there: that step is taken back. One that was in use is taken off.
    private async Task<Refusal?> GiveUpAsync(MachineFacts from, WeldingMachine to, CancellationToken stop)
    {
        if (sessions.At(from.Id) is not null) return new Refusal("SessionOpen");
        var machine = await db.Machines.SingleAsync(m => m.Id == from.Id, stop);
        if (machine.Fitting == FittingState.Installed && await desk.LastAsync(machine, stop) is { Act: FittingAct.Install } wrong) desk.Undo(machine, wrong, await desk.PlannedBeforeAsync(wrong, stop));
        else desk.Take(machine, FittingAct.Remove, to.Code);
        db.Context.Audit("welding.chip.taken-off", $"machine/{machine.Id.Value}", new { chip = machine.ChipSerial, movedTo = to.Code });
        machine.ChipSerial = null;
        return null;
    }

    /// <summary>What stands against fitting a chip with this serial to a machine that has none, or null.</summary>
    internal Refusal? Fault(string serial)
    {
        if (serial.Length == 0) return Refusal.OfField("serial", "SerialMissing");
        var measured = FactValue.Text(serial);
        return (devices.FindBySerial(serial), index.FindByChip(serial)) switch
        {
            (null or { Kind: not DeviceKinds.WeldingChip }, _) => Refusal.OfField("serial", "ChipUnknown") with { Measured = measured },
            ({ IsEnabled: false }, _) => Refusal.OfField("serial", "ChipDisabled") with { Measured = measured },
            (_, { } elsewhere) => Refusal.OfField("serial", elsewhere.Anchor.IsWithin(scope.Now) ? "ChipElsewhere" : "ChipOutsideScope") with { Measured = FactValue.Text(elsewhere.Anchor.IsWithin(scope.Now) ? elsewhere.Code : serial) },
            _ => null,
        };
    }
}
