using Anlan.Contracts.Accounts;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Welding.Machines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Interlock;

/// <summary>Ends a session: the welder the own one, the enterprise or the bureau any within scope. Durable before this answers.</summary>
internal sealed class StopMachine(MachineIndex machines, CurrentScope scope, MachineTwins twins, CurrentActor current, TimeProvider clock)
{
    /// <param name="Reason">Why; kept with the revocation. Names of people do not belong here.</param>
    public sealed record RevokeRequest(string? Reason);

    /// <param name="Session">The session that ends.</param>
    /// <param name="RemainingLeaseSeconds">For this long a chip without network may still have power.</param>
    public sealed record Ended(Guid Session, int RemainingLeaseSeconds);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/machines/{code}/stop", (string code, StopMachine slice) => slice.StopAsync(code).ToHttpAsync())
            .RequirePermission(WeldingPermissions.Start).Produces<Ended>().ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Records).WithTags("Welding").WithSummary("Stop one's own session");
        api.MapPost("/machines/{code}/revoke", (string code, RevokeRequest request, StopMachine slice) => slice.RevokeAsync(code, request).ToHttpAsync())
            .RequirePermission(WeldingPermissions.Control).Produces<Ended>().ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Records).WithTags("Welding")
            .WithSummary("Cut the power of a running machine; tells how long a chip without network may still have power");
    }

    public async Task<Outcome<Ended>> StopAsync(string code)
    {
        if (machines.FindByCode(code) is not { } machine) return new Refusal("MachineUnknown");
        if (current.Actor.Person is not { } person) return new Refusal("NotYourSession");
        return Read(await twins.Of(machine.Id.Value).StopAsync(person, current.Actor.Account));
    }

    public async Task<Outcome<Ended>> RevokeAsync(string code, RevokeRequest request)
    {
        if (machines.FindByCode(code) is not { } machine || !machine.Anchor.IsWithin(scope.Now)) return new Refusal("MachineUnknown");
        var reason = request.Reason?.Trim() ?? "";
        if (MachineRules.Reason(reason) is { } fault) return fault;
        return Read(await twins.Of(machine.Id.Value).RevokeAsync(current.Actor.Account, reason));
    }

    private Outcome<Ended> Read(EndAnswer answer) => answer is { Session: { } session, LeaseUntil: { } until }
        ? new Ended(session, (int)Math.Max(0, Math.Ceiling((until - clock.GetUtcNow()).TotalSeconds)))
        : new Refusal(answer.Refusal ?? "NothingRuns");
}
