using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Security;

namespace Anlan.Host.Privacy.Keys;

/// <summary>
/// Destroys an older key of personal fields once nothing lies under it; counted while nobody saves. Copies of the database from before can then
/// only be read with the backup of the keys of that time.
/// </summary>
internal sealed class DestroyKey(AnlanDb db, KeyRing ring, TimeProvider clock)
{
    /// <summary>What was sealed with it a moment ago and is not saved yet must have arrived.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);

    /// <param name="Reason">Why.</param>
    public sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/personal-keys/{key}/destroy", (string key, Request request, DestroyKey slice, CancellationToken stop) => slice.RunAsync(key, request, stop).ToHttpAsync())
            .RequirePermission(PrivacyPermissions.RotateKeys).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Installation)
            .WithTags("Privacy").WithSummary("Destroy an older key under which nothing lies any more");

    public async Task<Outcome> RunAsync(string id, Request request, CancellationToken stop)
    {
        if (Reason.Check(request.Reason) is { } wrong) return Outcome.Refused(wrong);
        if (ring.All.FirstOrDefault(known => known.Id == id) is not { } key) return Outcome.Refused("KeyUnknown");
        if (key == ring.Newest) return Outcome.Refused("KeySeals");
        var age = clock.GetUtcNow() - ring.Newest.MadeAt;
        if (age < Shortest) return Outcome.Refused(new Refusal("KeyTooFresh") { Measured = FactValue.Of(age), Limit = FactValue.Of(Shortest) });
        var held = await SealedRows.DestroyAsync(db, ring, key, () => db.Audit("privacy.key.destroyed", $"personal-key/{id}", new { reason = request.Reason!.Trim() }), stop);
        return held == 0 ? Outcome.Done : Outcome.Refused(new Refusal("KeyInUse") { Measured = FactValue.Count(held), Limit = FactValue.Count(0) });
    }
}
