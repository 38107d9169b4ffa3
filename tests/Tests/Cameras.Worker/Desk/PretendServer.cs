using System.Collections.Concurrent;
using System.Net;
using Anlan.Cameras.Sight.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Anlan.Tests.Cameras.Worker.Desk;

/// <summary>A server that speaks the workers' routes and remembers what it heard; its line can be cut.</summary>
internal sealed class PretendServer : IAsyncDisposable
{
    private int _turnedAway;
    public const string Key = "a-worker-key";
    private readonly WebApplication _app;

    private PretendServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>True = nothing gets through.</summary>
    public bool IsCut { get; set; }

    /// <summary>Cameras of whoever asks.</summary>
    public IReadOnlyList<CameraTask> Cameras { get; set; } = [];

    /// <summary>What becomes of an event; null = it is taken.</summary>
    public Func<SightEvent, string?> Refuses { get; set; } = _ => null;

    /// <summary>The status for all deliveries with this event.</summary>
    public Func<SightEvent, int> Status { get; set; } = _ => 200;

    /// <summary>Requests that came while the line was cut.</summary>
    public int TurnedAway => Volatile.Read(ref _turnedAway);

    public ConcurrentQueue<LeaseRequest> Leases { get; } = [];

    public ConcurrentQueue<SightEvent> Events { get; } = [];

    public ConcurrentDictionary<Guid, byte[]> Clips { get; } = [];

    public ConcurrentDictionary<Guid, byte[]> BlurredClips { get; } = [];

    public ConcurrentQueue<(byte[] Image, string Taken, string People)> Live { get; } = [];

    public static async Task<PretendServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 100_000_000);
        var app = builder.Build();
        var server = new PretendServer(app);
        app.Use(server.GuardAsync);
        app.MapPost(WorkRoutes.Lease, server.Lease);
        app.MapPost(WorkRoutes.Events, server.Take);
        app.MapPut(WorkRoutes.Clip(Guid.Empty, isBlurred: false).Replace(Guid.Empty.ToString(), "{happened}", StringComparison.Ordinal), (HttpContext context, Guid happened) => server.TakeClipAsync(context, happened, server.Clips));
        app.MapPut(WorkRoutes.Clip(Guid.Empty, isBlurred: true).Replace(Guid.Empty.ToString(), "{happened}", StringComparison.Ordinal), (HttpContext context, Guid happened) => server.TakeClipAsync(context, happened, server.BlurredClips));
        app.MapPut("api/v1/camera-work/{camera}/live", server.ShowAsync);
        await app.StartAsync();
        server.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (IsCut)
        {
            Interlocked.Increment(ref _turnedAway);
            context.Abort();
        }
        else if (context.Request.Headers.Authorization != $"Bearer {Key}") context.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
        else await next(context);
    }

    private async Task Lease(HttpContext context)
    {
        Leases.Enqueue((await context.Request.ReadFromJsonAsync(WireJson.Default.LeaseRequest))!);
        await context.Response.WriteAsJsonAsync(new LeaseAnswer(15, TimeProvider.System.GetUtcNow(), "Asia/Shanghai", Cameras), WireJson.Default.LeaseAnswer);
    }

    private async Task Take(HttpContext context)
    {
        var delivery = (await context.Request.ReadFromJsonAsync(WireJson.Default.EventDelivery))!;
        context.Response.StatusCode = delivery.Events.Select(Status).Max();
        if (context.Response.StatusCode != 200) return;
        var refused = delivery.Events.Where(happened => Refuses(happened) is not null).ToDictionary(happened => happened.Id, happened => Refuses(happened)!);
        foreach (var happened in delivery.Events.Where(happened => !refused.ContainsKey(happened.Id))) Events.Enqueue(happened);
        await context.Response.WriteAsJsonAsync(new DeliveryAnswer([.. delivery.Events.Select(happened => happened.Id).Where(id => !refused.ContainsKey(id))], refused), WireJson.Default.DeliveryAnswer);
    }

    private async Task TakeClipAsync(HttpContext context, Guid happened, ConcurrentDictionary<Guid, byte[]> clips)
    {
        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content);
        var isKnown = Events.Any(known => known.Id == happened);
        context.Response.StatusCode = isKnown ? 204 : 404;
        if (isKnown) clips[happened] = content.ToArray();
    }

    private async Task ShowAsync(HttpContext context, Guid camera)
    {
        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content);
        Live.Enqueue((content.ToArray(), context.Request.Headers[WorkRoutes.TakenHeader].ToString(), context.Request.Headers[WorkRoutes.PeopleHeader].ToString()));
        context.Response.StatusCode = 204;
        _ = camera;
    }
}
