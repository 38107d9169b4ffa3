using System.Text.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Privacy.People;

/// <summary>
/// Erases a person in two steps: it is asked for with reason and ground, then carried out by its id. All modules erase in one transaction, so that a
/// crash leaves all or nothing; the log keeps commitments that nobody can open any more.
/// </summary>
internal sealed class ErasePerson(AnlanDb db, IPeople people, IEnumerable<IPersonRecords> records, Obstacles obstacles, CurrentScope scope, CurrentActor current, TimeProvider clock)
{
    /// <param name="Reason">Why; without names.</param>
    /// <param name="Ground">On what it rests.</param>
    public sealed record AskRequest(string? Reason, ErasureGround? Ground);

    /// <param name="Erasure">The id of what was asked for: whoever carries it out has read it.</param>
    public sealed record CarryOutRequest(Guid? Erasure);

    /// <summary>What waits to be carried out.</summary>
    public sealed record Asked(Guid Id);

    /// <summary>The receipt: what went and what stayed.</summary>
    public sealed record Receipt(Guid Id, DateTimeOffset At, IReadOnlyList<ErasureLine> Lines);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/people/{person:guid}/erasure", (Guid person, AskRequest request, ErasePerson slice, CancellationToken stop) => slice.AskAsync(person, request, stop).ToHttpAsync())
            .RequirePermission(PrivacyPermissions.ErasePeople).Produces<Asked>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Records).WithTags("Privacy").WithSummary("First step: ask for the erasure of a person");
        api.MapPost("/people/{person:guid}/erasure/carry-out", (Guid person, CarryOutRequest request, ErasePerson slice, CancellationToken stop) => slice.CarryOutAsync(person, request, stop).ToHttpAsync())
            .RequirePermission(PrivacyPermissions.ErasePeople).Produces<Receipt>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Records).WithTags("Privacy").WithSummary("Second step: erase; answers the receipt");
        api.MapDelete("/people/{person:guid}/erasure", (Guid person, ErasePerson slice, CancellationToken stop) => slice.WithdrawAsync(person, stop).ToHttpAsync())
            .RequirePermission(PrivacyPermissions.ErasePeople).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Privacy").WithSummary("Withdraw an erasure that was asked for");
    }

    public async Task<Outcome<Asked>> AskAsync(Guid id, AskRequest request, CancellationToken stop)
    {
        if (Reason.Check(request.Reason) is { } wrong) return wrong;
        if (request.Ground is not { } ground || !Enum.IsDefined(ground)) return Refusal.OfField("ground", "ErasureGroundMissing");
        if (!people.IsWithin(new PersonId(id), scope.Now)) return new Refusal("PersonUnknown");
        if (await obstacles.OfAsync(new PersonId(id), stop) is { Count: > 0 } standing) return Outcome<Asked>.Refused(standing);
        if (await db.Set<Erasure>().AnyAsync(e => e.Person == id, stop)) return new Refusal("ErasureAskedAlready");
        var now = clock.GetUtcNow();
        var erasure = new Erasure { Id = Guid.CreateVersion7(now), Person = id, Ground = ground, Reason = request.Reason!.Trim(), AskedAt = now, AskedBy = current.Actor.Account };
        db.Add(erasure);
        db.Audit("privacy.erasure.asked", $"person/{id}", new { erasure = erasure.Id, ground = ground.ToString() });
        return await db.TrySaveAsync(stop) ? new Asked(erasure.Id) : new Refusal("ErasureAskedAlready");
    }

    public async Task<Outcome<Receipt>> CarryOutAsync(Guid id, CarryOutRequest request, CancellationToken stop)
    {
        var person = new PersonId(id);
        if (!people.IsWithin(person, scope.Now)) return new Refusal("PersonUnknown");
        if (await db.Set<Erasure>().SingleOrDefaultAsync(e => e.Person == id, stop) is not { DoneAt: null } erasure || erasure.Id != request.Erasure) return new Refusal("ErasureUnknown");
        // Asked anew: since the first step the person may have begun to work again.
        if (await obstacles.OfAsync(person, stop) is { Count: > 0 } standing) return Outcome<Receipt>.Refused(standing);
        var lines = await ShowErasure.PlanAsync(records, person, stop);
        foreach (var module in records) await module.EraseAsync(person, stop);
        (erasure.DoneAt, erasure.DoneBy, erasure.Lines) = (clock.GetUtcNow(), current.Actor.Account, JsonSerializer.Serialize(lines, JsonSerializerOptions.Web));
        db.Audit("privacy.erasure.done", $"person/{id}", new { erasure = erasure.Id });
        return await db.TrySaveAsync(stop) ? new Receipt(erasure.Id, erasure.DoneAt.Value, lines) : new Refusal("ChangedMeanwhile");
    }

    public async Task<Outcome> WithdrawAsync(Guid id, CancellationToken stop)
    {
        if (!people.IsWithin(new PersonId(id), scope.Now)) return Outcome.Refused("PersonUnknown");
        if (await db.Set<Erasure>().SingleOrDefaultAsync(e => e.Person == id, stop) is not { DoneAt: null } erasure) return Outcome.Refused("ErasureUnknown");
        db.Remove(erasure);
        db.Audit("privacy.erasure.withdrawn", $"person/{id}", new { erasure = erasure.Id });
        return await db.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
