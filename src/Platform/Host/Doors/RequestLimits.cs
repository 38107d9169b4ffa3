using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Anlan.Host.Doors;

/// <summary>One account, or one address without an account, cannot keep the others out. Chips do not come through this door.</summary>
internal static class RequestLimits
{
    /// <summary>Adds the limits.</summary>
    public static void AddRequestLimits(this IServiceCollection services, DoorSettings settings) => services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (bool IsAccount, string Who)>(http => Partition(http, settings));
        limits.OnRejected = RefuseAsync;
    });

    private static RateLimitPartition<(bool IsAccount, string Who)> Partition(HttpContext http, DoorSettings settings)
    {
        // What is looked at by machines and what never changes costs nothing.
        if (http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) || http.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is not null)
        {
            return RateLimitPartition.GetNoLimiter((false, ""));
        }

        return http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } account
            ? RateLimitPartition.GetTokenBucketLimiter((true, account), _ => Bucket(settings.AccountBurst, settings.AccountPerSecond))
            : RateLimitPartition.GetTokenBucketLimiter((false, http.Connection.RemoteIpAddress is { } address ? AddressNetwork.Of(address).ToString() : ""), _ => Bucket(settings.AddressBurst, settings.AddressPerSecond));
    }

    private static TokenBucketRateLimiterOptions Bucket(int burst, int perSecond) => new()
    {
        TokenLimit = burst,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
        AutoReplenishment = true,
    };

    private static async ValueTask RefuseAsync(OnRejectedContext refused, CancellationToken stop)
    {
        var seconds = refused.Lease.TryGetMetadata(MetadataName.RetryAfter, out var pause) ? Math.Max(1, (int)Math.Ceiling(pause.TotalSeconds)) : 1;
        var answer = refused.HttpContext.Response;
        answer.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var problem = new ProblemDetails { Status = StatusCodes.Status429TooManyRequests, Title = "TooManyRequests", Detail = $"Too many requests; try again in {seconds} s." };
        problem.Extensions["refusals"] = new[] { new Refusal("TooManyRequests") };
        await answer.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json", stop);
    }
}
