using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Anlan.Tests.Platform.Toolkit.Messages;

/// <summary>A gateway for text messages on loopback: a real HTTP server that keeps what it got and answers as told.</summary>
internal sealed class PretendGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PretendGateway(WebApplication app) => _app = app;

    /// <summary>One request as it came.</summary>
    public sealed record Got(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);

    /// <summary>All requests, in order.</summary>
    public ConcurrentQueue<Got> Requests { get; } = new();

    /// <summary>What it answers.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = http => http.Response.WriteAsync("""{"code":0,"msg":"ok"}""");

    public string Address => _app.Urls.Single();

    public static async Task<PretendGateway> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var gateway = new PretendGateway(builder.Build());
        gateway._app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            gateway.Requests.Enqueue(new Got(http.Request.Method, http.Request.Path + http.Request.QueryString, http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
            await gateway.Answer(http);
        });
        await gateway._app.StartAsync();
        return gateway;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
