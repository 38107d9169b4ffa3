using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Welding.Fitting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Machines;

/// <summary>Locks a machine until somebody unlocks it, and scraps it for good. A running session ends.</summary>
internal sealed class LockMachine(WeldingDb db, FindMachine find, FittingDesk desk, CurrentScope scope, TimeProvider clock)
{
    internal sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder api)
    {
        Map(api, "lock", "Lock a machine; a running session ends", (slice, code, request, stop) => slice.LockAsync(code, request, stop));
        Map(api, "unlock", "Unlock a machine; a lock of the bureau only by the bureau", (slice, code, request, stop) => slice.UnlockAsync(code, request, stop));
        Map(api, "scrap", "Take a machine out of use for good; a running session ends", (slice, code, request, stop) => slice.ScrapAsync(code, request, stop));
    }

    public Task<Outcome> LockAsync(string code, Request request, CancellationToken stop) => ChangeAsync(code, request, "welding.machine.locked", (machine, reason) =>
    {
        // The bureau may take over an enterprise's own lock; nobody replaces the bureau's.
        var isTakeOver = scope.Now.Enterprise is null && machine.LockedFor is not null;
        if (machine.LockReason is { } old && !isTakeOver) return new Refusal("AlreadyLocked") { Measured = FactValue.Text(old) };
        machine.LockReason = reason;
        machine.LockedFor = scope.Now.Enterprise is { } own ? new EnterpriseId(own) : null;
        machine.LockedAt = clock.GetUtcNow();
        db.Context.Publish(new MachineLocked(machine.Id, reason));
        return null;
    }, stop);

    public Task<Outcome> UnlockAsync(string code, Request request, CancellationToken stop) => ChangeAsync(code, request, "welding.machine.unlocked", (machine, _) =>
    {
        if (machine.LockReason is not { } old) return new Refusal("NotLocked");
        if (scope.Now.Enterprise is { } own && machine.LockedFor?.Value != own) return new Refusal("LockedByBureau") { Measured = FactValue.Text(old) };
        (machine.LockReason, machine.LockedFor, machine.LockedAt) = (null, null, null);
        return null;
    }, stop);

    public Task<Outcome> ScrapAsync(string code, Request request, CancellationToken stop) => ChangeAsync(code, request, "welding.machine.scrapped", (machine, reason) =>
    {
        machine.ScrapReason = reason;
        desk.Take(machine, FittingAct.Scrap, reason);
        db.Context.Publish(new MachineLocked(machine.Id, reason));
        return null;
    }, stop);

    private static void Map(IEndpointRouteBuilder api, string verb, string summary, Func<LockMachine, string, Request, CancellationToken, Task<Outcome>> run) =>
        api.MapPost("/machines/{code}/" + verb, (string code, Request request, LockMachine slice, CancellationToken stop) => run(slice, code, request, stop).ToHttpAsync())
            .RequirePermission(WeldingPermissions.Control).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Machines").WithSummary(summary);

    private async Task<Outcome> ChangeAsync(string code, Request request, string action, Func<WeldingMachine, string, Refusal?> change, CancellationToken stop)
    {
        if (await find.RowAsync(code, stop) is not { } machine) return Outcome.Refused(FindMachine.Unknown(code));
        var reason = request.Reason?.Trim() ?? "";
        if (MachineRules.Reason(reason) is { } fault) return Outcome.Refused(fault);
        if (machine.ScrapReason is not null) return Outcome.Refused("MachineScrapped");
        if (change(machine, reason) is { } refusal) return Outcome.Refused(refusal);
        db.Context.Audit(action, $"machine/{machine.Id.Value}", new { reason });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
