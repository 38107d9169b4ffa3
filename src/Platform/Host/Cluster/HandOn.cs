using System.Globalization;
using System.Net;
using System.Resources;
using System.Security.Cryptography;
using System.Text;
using Anlan.Host.Operations.Telemetry;
using Anlan.Toolkit.Cluster;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace Anlan.Host.Cluster;

/// <summary>
/// Hands requests on to the process that decides, and takes what others hand on to this one. A request that never reached a deciding process waits for the next one; one that
/// may have is answered with 503 and can be asked again.
/// </summary>
internal sealed partial class HandOn(ILead lead, Leaving leaving, HostSettings settings, IHttpForwarder forwarder, IOptions<ClusterOptions> times, TelemetryOptions telemetry, ILogger<HandOn> logger) : IDisposable
{
    private const int KeptInMemory = 64 * 1024;
    private static readonly string Page = Write();
    private static readonly ForwarderRequestConfig Patience = new() { ActivityTimeout = TimeSpan.FromMinutes(10) };

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(2),
    });

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    /// <summary>The middleware.</summary>
    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Connection.LocalPort == settings.Cluster.HttpPort) return TakeAsync(http, next);
        // A client that is told to close comes again through the balancer, to a process that stays.
        if (leaving.HasBegun) http.Response.Headers.Connection = "close";
        if (http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) && (leaving.HasBegun || !lead.IsHere)) return AnswerHealthAsync(http);
        var isOwnMetrics = telemetry.Metrics == MetricsDoor.Loopback && http.Request.Path == TelemetrySetup.Path && TelemetrySetup.IsFromHere(http);
        return lead.IsHere || isOwnMetrics ? next(http) : SendAsync(http, next);
    }

    private Task AnswerHealthAsync(HttpContext http)
    {
        var isLive = http.Request.Path == "/health/live";
        // HAProxy knows 404 as "send nobody new, let the others finish"; every other balancer takes it for not ready.
        http.Response.StatusCode = isLive || (!leaving.HasBegun && lead.IsExpected) ? StatusCodes.Status200OK : leaving.HasBegun ? StatusCodes.Status404NotFound : StatusCodes.Status503ServiceUnavailable;
        return http.Response.WriteAsJsonAsync(new { Standby = !lead.IsHere, Leaving = leaving.HasBegun }, http.RequestAborted);
    }

    private Task TakeAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Request.Headers;
        var shown = Encoding.UTF8.GetBytes(headers[ClusterHeaders.Key].ToString());
        if (!lead.IsHere || lead.Self is not { } self || !CryptographicOperations.FixedTimeEquals(shown, Encoding.UTF8.GetBytes(self.Key)))
        {
            http.Response.Headers[ClusterHeaders.NotHere] = "1";
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        }

        // What the door saw counts, as if it had come here: limits, records and redirections depend on it.
        http.Connection.RemoteIpAddress = IPAddress.TryParse(headers[ClusterHeaders.Address].ToString(), out var remote) ? remote : null;
        http.Request.Scheme = headers[ClusterHeaders.Scheme].ToString();
        foreach (var header in ClusterHeaders.All) headers.Remove(header);
        return next(http);
    }

    private async Task SendAsync(HttpContext http, RequestDelegate next)
    {
        // The deciding process knows what an import may weigh.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        http.Request.EnableBuffering(KeptInMemory);
        try
        {
            for (var until = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(until) < times.Value.Patience;)
            {
                var place = await lead.FindAsync(times.Value.Patience, http.RequestAborted);
                if (lead.IsHere)
                {
                    await next(http);
                    return;
                }

                http.Request.Body.Position = 0;
                var transformer = new ClusterHeaders(place);
                using var over = CancellationTokenSource.CreateLinkedTokenSource(lead.UntilItLeaves(place), http.RequestAborted);
                if (over.IsCancellationRequested)
                {
                    await Task.Delay(times.Value.Look, http.RequestAborted);
                    continue;
                }

                var error = await forwarder.SendAsync(http, place.Http, _client, Patience, transformer, over.Token);
                if (error == ForwarderError.None && !transformer.WasNotHere) return;
                if (http.Response.HasStarted || http.RequestAborted.IsCancellationRequested) return;
                var wasSent = !transformer.WasNotHere && http.GetForwarderErrorFeature()?.Exception is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };
                http.Response.Clear();
                if (wasSent) break;
                await Task.Delay(times.Value.Look, http.RequestAborted);
            }
        }
        catch (LeadLostException lost)
        {
            LogNobody(lost);
        }

        await RefuseAsync(http);
    }

    private static Task RefuseAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = "1";
        if (http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            return http.Response.WriteAsJsonAsync(new { Title = "Another server is taking over; ask again.", Status = 503, Code = "LeadChanges" }, options: null, "application/problem+json", http.RequestAborted);
        }

        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(Page, http.RequestAborted);
    }

    // Nothing of the reader is known here, so both languages stand here.
    private static string Write()
    {
        var words = new ResourceManager(typeof(Words));
        var said = ((string Language, CultureInfo Culture)[])[("zh-CN", CultureInfo.InvariantCulture), ("en", CultureInfo.GetCultureInfo("en"))];
        var paragraphs = said.Select(one => $"""<section lang="{one.Language}"><h1>{words.GetString("TakeOver.Title", one.Culture)}</h1><p>{words.GetString("TakeOver.Text", one.Culture)}</p></section>""");
        return $"""<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Anlan</title></head><body style="font:16px/1.6 sans-serif;margin:15vh auto;max-width:30em;padding:0 1em">{string.Concat(paragraphs)}</body></html>""";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request found no deciding process")]
    private partial void LogNobody(Exception lost);
}
