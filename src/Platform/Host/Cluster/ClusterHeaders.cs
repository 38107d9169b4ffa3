using Anlan.Toolkit.Cluster;
using Yarp.ReverseProxy.Forwarder;

namespace Anlan.Host.Cluster;

/// <summary>What a request carries on its way to the deciding process beside its own headers.</summary>
internal sealed class ClusterHeaders(LeadPlace place) : HttpTransformer
{
    /// <summary>Shows that it comes from a process of this cluster.</summary>
    public const string Key = "Anlan-Cluster-Key";

    /// <summary>Whom the door saw.</summary>
    public const string Address = "Anlan-Cluster-Address";

    /// <summary>How it came to the door.</summary>
    public const string Scheme = "Anlan-Cluster-Scheme";

    /// <summary>The answer of a process that does not decide.</summary>
    public const string NotHere = "Anlan-Cluster-Not-Here";

    /// <summary>All that a request carries.</summary>
    public static readonly string[] All = [Key, Address, Scheme];

    /// <summary>True when the process that was asked does not decide: it did nothing.</summary>
    public bool WasNotHere { get; private set; }

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        foreach (var header in All) proxyRequest.Headers.Remove(header);
        proxyRequest.Headers.Host = httpContext.Request.Host.Value;
        proxyRequest.Headers.Add(Key, place.Key);
        proxyRequest.Headers.Add(Address, httpContext.Connection.RemoteIpAddress?.ToString());
        proxyRequest.Headers.Add(Scheme, httpContext.Request.Scheme);
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        WasNotHere = proxyResponse?.Headers.Contains(NotHere) == true;
        return !WasNotHere && await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }
}
