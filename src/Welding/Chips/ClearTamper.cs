using Anlan.Contracts.Devices;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Welding.Chip.Signing;
using Anlan.Welding.Machines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Chips;

/// <summary>A person inspected a tampered chip: the lock is lifted once the chip itself agrees (CHIP-CONFIG-05).</summary>
internal sealed class ClearTamper(WeldingDb db, MachineIndex machines, CurrentScope scope, IDevices devices, ChipSettingsDesk settings, CurrentActor current)
{
    /// <param name="Reason">What was found at the inspection.</param>
    public sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/machines/{code}/clear-tamper", (string code, Request request, ClearTamper slice, CancellationToken stop) => slice.RunAsync(code, request, stop).ToHttpAsync())
            .RequirePermission(WeldingPermissions.Fit).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Records).WithTags("Welding")
            .WithSummary("Lift the tamper lock after an inspection; holds once the chip acknowledged it");

    public async Task<Outcome> RunAsync(string code, Request request, CancellationToken stop)
    {
        if (machines.FindByCode(code) is not { } machine || !machine.Anchor.IsWithin(scope.Now)) return Outcome.Refused("MachineUnknown");
        if (machine.Chip is not { } serial || !devices.StateOf(serial).IsTampered) return Outcome.Refused("NotTampered");
        var reason = request.Reason?.Trim() ?? "";
        if (MachineRules.Reason(reason) is { } fault) return Outcome.Refused(fault);
        db.Context.Audit("welding.tamper.cleared", $"machine/{machine.Id.Value}", new { chip = serial, reason });
        await db.Context.SaveAsync(stop);
        await settings.PostAsync(serial, new ChipSettings(ClearsTamper: true), null, current.Actor.Account, null);
        return Outcome.Done;
    }
}
