using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Privacy.Retention;

/// <summary>Sets and lifts a hold: while it is in force nothing of the person or the enterprise is deleted or erased.</summary>
internal sealed class SetHold(AnlanDb db, IPeople people, IEnterprises enterprises, CurrentActor current, TimeProvider clock)
{
    /// <param name="Number">Whole identity number or unified social credit code of whoever is held.</param>
    /// <param name="Reason">Why; a file number rather than a name.</param>
    public sealed record Request(string? Number, string? Reason);

    /// <param name="Reason">Why.</param>
    public sealed record LiftRequest(string? Reason);

    /// <summary>The hold.</summary>
    public sealed record Set(Guid Id);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/holds", (Request request, SetHold slice, CancellationToken stop) => slice.RunAsync(request, stop).ToHttpAsync())
            .RequirePermission(PrivacyPermissions.SetHolds).Produces<Set>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Installation).WithTags("Privacy").WithSummary("Hold the records of a person or an enterprise");
        api.MapPost("/holds/{hold:guid}/lift", (Guid hold, LiftRequest request, SetHold slice, CancellationToken stop) => slice.LiftAsync(hold, request, stop).ToHttpAsync())
            .RequirePermission(PrivacyPermissions.SetHolds).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Installation).WithTags("Privacy").WithSummary("Lift a hold");
    }

    public async Task<Outcome<Set>> RunAsync(Request request, CancellationToken stop)
    {
        if (Reason.Check(request.Reason) is { } wrong) return wrong;
        var number = (request.Number ?? "").Trim();
        var person = await people.FindByIdentityNumberAsync(number, stop);
        if ((person?.Value ?? enterprises.FindByCreditCode(number)?.Id.Value) is not { } subject) return Refusal.OfField("number", "HoldSubjectUnknown");
        if (await db.Set<LegalHold>().AnyAsync(h => h.Subject == subject && h.ReleasedAt == null, stop)) return new Refusal("HeldAlready");
        var now = clock.GetUtcNow();
        var hold = new LegalHold { Id = Guid.CreateVersion7(now), Kind = person is null ? HoldKind.Enterprise : HoldKind.Person, Subject = subject, Reason = request.Reason!.Trim(), SetAt = now, SetBy = current.Actor.Account };
        db.Add(hold);
        db.Audit("privacy.hold.set", $"{(person is null ? "enterprise" : "person")}/{subject}", new { hold = hold.Id, reason = hold.Reason });
        return await db.TrySaveAsync(stop) ? new Set(hold.Id) : new Refusal("HeldAlready");
    }

    public async Task<Outcome> LiftAsync(Guid id, LiftRequest request, CancellationToken stop)
    {
        if (Reason.Check(request.Reason) is { } wrong) return Outcome.Refused(wrong);
        if (await db.Set<LegalHold>().SingleOrDefaultAsync(h => h.Id == id, stop) is not { ReleasedAt: null } hold) return Outcome.Refused("HoldUnknown");
        hold.ReleasedAt = clock.GetUtcNow();
        db.Audit("privacy.hold.lifted", $"{(hold.Kind == HoldKind.Enterprise ? "enterprise" : "person")}/{hold.Subject}", new { hold = id, reason = request.Reason!.Trim() });
        return await db.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
