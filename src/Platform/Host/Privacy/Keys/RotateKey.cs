using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Security;

namespace Anlan.Host.Privacy.Keys;

/// <summary>Makes a new key of personal fields. It seals from now on; what lies under older keys is sealed anew in the background.</summary>
internal sealed class RotateKey(AnlanDb db, KeyRing ring, ResealJob job)
{
    /// <summary>More keys than this in the ring mean that rotations outrun the work behind them.</summary>
    private const int MostKeys = 4;

    /// <param name="Reason">Why.</param>
    public sealed record Request(string? Reason);

    /// <summary>The new key.</summary>
    public sealed record Rotated(string Id);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/personal-keys", (Request request, RotateKey slice, CancellationToken stop) => slice.RunAsync(request, stop).ToHttpAsync())
            .RequirePermission(PrivacyPermissions.RotateKeys).Produces<Rotated>().ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Installation).WithTags("Privacy").WithSummary("Make a new key of personal fields; everything is sealed anew in the background");

    public async Task<Outcome<Rotated>> RunAsync(Request request, CancellationToken stop)
    {
        if (Reason.Check(request.Reason) is { } wrong) return wrong;
        if (ring.All.Count >= MostKeys) return new Refusal("KeysTooMany") { Measured = FactValue.Count(ring.All.Count), Limit = FactValue.Count(MostKeys - 1) };
        var made = ring.Make();
        db.Audit("privacy.key.made", $"personal-key/{made.Id}", new { reason = request.Reason!.Trim() });
        await db.SaveAsync(stop);
        job.Wake();
        return new Rotated(made.Id);
    }
}
