using System.Text.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Privacy.People;

/// <summary>What an erasure of a person would do and what stands against it; once carried out, its receipt.</summary>
internal sealed class ShowErasure(AnlanDb db, IPeople people, IEnumerable<IPersonRecords> records, Obstacles obstacles, CurrentScope scope, CurrentActor current, PeopleSeen seen)
{
    /// <param name="Person">The person.</param>
    /// <param name="Name">Masked; null once erased.</param>
    /// <param name="Obstacles">What stands against it; empty when nothing does.</param>
    /// <param name="Lines">What goes and what stays.</param>
    /// <param name="Erasure">The erasure that was asked for, or null.</param>
    public sealed record Shown(Guid Person, string? Name, IReadOnlyList<Refusal> Obstacles, IReadOnlyList<ErasureLine> Lines, Asked? Erasure);

    /// <summary>An erasure that waits or was carried out.</summary>
    public sealed record Asked(Guid Id, ErasureGround Ground, string Reason, DateTimeOffset AskedAt, DateTimeOffset? DoneAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/people/{person:guid}/erasure", (Guid person, ShowErasure slice, CancellationToken stop) => slice.RunAsync(person, stop).ToHttpAsync())
            .RequirePermission(PrivacyPermissions.ErasePeople).Produces<Shown>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Privacy").WithSummary("What an erasure would do and what stands against it, or its receipt");

    public async Task<Outcome<Shown>> RunAsync(Guid id, CancellationToken stop)
    {
        var (person, facts) = (new PersonId(id), people.Find(new PersonId(id)));
        var erasure = await db.Set<Erasure>().AsNoTracking().SingleOrDefaultAsync(e => e.Person == id, stop);
        // A receipt lies in nobody's scope any more: whoever carried the erasure out has it.
        if (facts is null ? erasure?.DoneBy != current.Actor.Account : !people.IsWithin(person, scope.Now)) return new Refusal("PersonUnknown");
        var asked = erasure is null ? null : new Asked(erasure.Id, erasure.Ground, erasure.Reason, erasure.AskedAt, erasure.DoneAt);
        if (erasure is { Lines: { } receipt }) return new Shown(id, null, [], JsonSerializer.Deserialize<List<ErasureLine>>(receipt, JsonSerializerOptions.Web) ?? [], asked);
        seen.Add(PersonViews.Plan, id);
        return new Shown(id, facts?.MaskedName, await obstacles.OfAsync(person, stop), await PlanAsync(records, person, stop), asked);
    }

    public static async Task<IReadOnlyList<ErasureLine>> PlanAsync(IEnumerable<IPersonRecords> records, PersonId person, CancellationToken stop)
    {
        List<ErasureLine> lines = [];
        foreach (var module in records) lines.AddRange(await module.PlanAsync(person, stop));
        return lines;
    }
}
