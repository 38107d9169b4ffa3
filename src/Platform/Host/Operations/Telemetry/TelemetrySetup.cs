using System.Diagnostics;
using System.Net;
using Anlan.Host.Operations.Figures;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Tracing;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Anlan.Host.Operations.Telemetry;

/// <summary>Metrics for Prometheus and traces for a collector; without a collector nothing is traced and a start pays nothing for it.</summary>
internal static class TelemetrySetup
{
    /// <summary>Where the metrics are.</summary>
    public const string Path = "/metrics";

    private static readonly string[] Meters = [CommitTimes.MeterName, FigureBoard.MeterName, "Anlan.Mqtt", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    // Addresses, queries and browsers can name people, and paths can hold a one-time token; the route says enough.
    private static readonly string[] NotTold = ["url.path", "url.query", "url.full", "user_agent.original", "client.address", "client.port", "network.peer.address", "network.peer.port"];

    /// <summary>Adds what is configured.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Anlan:Telemetry").Get<TelemetryOptions>() ?? new TelemetryOptions();
        options.Check();
        builder.Services.AddSingleton(options);
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("anlan"));
        if (options.Metrics != MetricsDoor.Shut) telemetry.WithMetrics(metrics => metrics.AddMeter(Meters).AddPrometheusExporter());
        if (options.Traces is not { Length: > 0 } collector) return;
        telemetry.WithTracing(traces => traces
            .AddSource(Traces.SourceName, "Microsoft.Orleans.Application")
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TracedShare)))
            .AddAspNetCoreInstrumentation(http =>
            {
                http.Filter = request => request.Request.Path != Path && !request.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);
                http.EnrichWithHttpRequest = (activity, _) => Untell(activity);
                http.EnrichWithHttpResponse = (activity, _) => Untell(activity);
            })
            .AddOtlpExporter(otlp => otlp.Endpoint = new Uri(collector)));
    }

    /// <summary>True when grain calls are to carry the trace they belong to.</summary>
    public static bool IsTraced(this IConfiguration configuration) => configuration["Anlan:Telemetry:Traces"] is { Length: > 0 };

    /// <summary>Maps the metrics, for those who may read them.</summary>
    public static void MapMetrics(this WebApplication app)
    {
        var door = app.Services.GetRequiredService<TelemetryOptions>().Metrics;
        if (door == MetricsDoor.Shut) return;
        var route = app.MapPrometheusScrapingEndpoint(Path).Scoped(ScopedBy.Installation);
        if (door == MetricsDoor.Permission) route.RequirePermission(OperationsPermissions.View);
    }

    /// <summary>Keeps everybody from elsewhere away from metrics that need no key.</summary>
    public static void UseMetricsDoor(this WebApplication app)
    {
        if (app.Services.GetRequiredService<TelemetryOptions>().Metrics != MetricsDoor.Loopback) return;
        app.Use(static (http, next) =>
        {
            if (!http.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase) || IsFromHere(http)) return next(http);
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    /// <summary>True when the request began on this machine: a proxy beside us comes from here as well, for anybody.</summary>
    public static bool IsFromHere(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote) && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("X-Original-For") && !http.Request.Headers.ContainsKey("Forwarded") && !http.Request.Headers.ContainsKey("Via");

    private static void Untell(Activity activity)
    {
        foreach (var tag in NotTold) activity.SetTag(tag, null);
    }
}
