using Anlan.Alarms.Board;
using Anlan.Cameras.Events;
using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using Anlan.Cameras.Work;
using Anlan.Cameras.Zones;
using Anlan.Contracts.ConfinedSpaces;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Scopes;
using Anlan.Tests.Welding;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Cameras;

/// <summary>The whole server with a camera at a space, two zones drawn in its picture, and its worker's key in hand.</summary>
internal sealed class CamerasWorld : IAsyncDisposable
{
    private readonly WeldingHost _host;
    private readonly Dictionary<string, Guid> _accounts = new(StringComparer.Ordinal);

    private CamerasWorld(WeldingHost host, KnownSpace space) => (_host, Space) = (host, space);

    public static byte[] Jpeg => [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8, 1, 2, 3, 4];

    public static byte[] Clip => [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, 1, 2, 3, 4];

    public WeldingHost Host => _host;

    /// <summary>The space, and the permit that is in force for it.</summary>
    public KnownSpace Space { get; }

    public string Code { get; private set; } = "";

    public Guid Camera { get; private set; }

    public static async Task<CamerasWorld> StartAsync()
    {
        var space = new KnownSpace();
        var host = await WeldingHost.StartAsync(adjust: services => services.AddSingleton<ISpaces>(space).AddSingleton<IEntryPermits>(space), settings: "--Anlan:Cameras:WatchInterval=1.00:00:00");
        space.Facts = new SpaceFacts(new SpaceId(Guid.CreateVersion7()), "KJ-1", "Pool", host.Enterprise, new DivisionCode("330521"), null, "sewagePool", [], false, false);
        var world = new CamerasWorld(host, space);
        var registered = (await world.AskAsync((RegisterCamera slice) => slice.RunAsync(new RegisterCamera.Request { Name = "North side", Space = space.Facts.Id.Value, Address = "rtsp://eye:secret@10.1.2.3/low" }, CancellationToken.None))).Value;
        (world.Code, world.Camera) = (registered.Code, registered.Id);
        Assert.Empty((await world.AskAsync((DrawZones slice) => slice.RunAsync(registered.Code, new DrawZones.Request(0, [AZone(1, ZoneKind.Exclusion), AZone(2, ZoneKind.PermitEntry)]), CancellationToken.None))).Refusals);
        return world;
    }

    public static Zone AZone(int number, ZoneKind kind) => new(number, $"Zone {number}", kind, [new(0.1, 0.1), new(0.9, 0.1), new(0.5, 0.9)]);

    /// <summary>Somebody goes into a zone.</summary>
    public SightEvent Entered(int zone, int persons = 1)
    {
        var id = Guid.CreateVersion7();
        return new SightEvent(id, Camera, SightEventKind.Entered, _host.Clock.GetUtcNow(), 1) { Zone = zone, Entry = id, Track = 1, Persons = persons, Picture = Jpeg, BlurredPicture = [.. Jpeg, 9], HasClip = true, Model = "m", ModelHash = "h", Threshold = 0.35 };
    }

    /// <summary>What happens to the same person later.</summary>
    public SightEvent Then(SightEvent entered, SightEventKind kind) => entered with { Id = Guid.CreateVersion7(), Kind = kind, At = _host.Clock.GetUtcNow(), Picture = kind == SightEventKind.Left ? null : Jpeg, BlurredPicture = null, HasClip = false, Seconds = 3 };

    /// <summary>Delivers, and waits until every read table knows.</summary>
    public async Task<DeliveryAnswer> DeliverAsync(params IReadOnlyList<SightEvent> events)
    {
        var answer = (await AskAsync((TakeEvents slice) => slice.RunAsync(new EventDelivery("worker", events), CancellationToken.None))).Value;
        await _host.ProjectedAsync();
        return answer;
    }

    /// <summary>Asks as the safety manager.</summary>
    public Task<TAnswer> AskAsync<TSlice, TAnswer>(Func<TSlice, Task<TAnswer>> ask) where TSlice : notnull => AskAsAsync("manager", ask);

    /// <summary>Asks as one of the works' accounts.</summary>
    public async Task<TAnswer> AskAsAsync<TSlice, TAnswer>(string name, Func<TSlice, Task<TAnswer>> ask) where TSlice : notnull
    {
        if (!_accounts.TryGetValue(name, out var account)) _accounts[name] = account = Guid.CreateVersion7();
        await using var scope = _host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = new Actor(account, name, "safety-manager", _host.Enterprise.Value, null);
        return await ask(scope.ServiceProvider.GetRequiredService<TSlice>());
    }

    public async Task<T> ReadAsync<T>(Func<AnlanDb, Task<T>> read)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<AnlanDb>());
    }

    /// <summary>The alarms of cameras, the oldest first.</summary>
    public Task<List<Alarm>> AlarmsAsync() => ReadAsync(db => db.Set<Alarm>().AsNoTracking().Where(alarm => alarm.Kind.StartsWith("cameras.")).OrderBy(alarm => alarm.Number).ToListAsync());

    public Task<List<CameraEvent>> EventsAsync() => ReadAsync(db => db.Set<CameraEvent>().AsNoTracking().OrderBy(seen => seen.Seq).ToListAsync());

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}

/// <summary>One space, and what is known of its permit.</summary>
internal sealed class KnownSpace : ISpaces, IEntryPermits
{
    public SpaceFacts Facts { get; set; } = null!;

    public EntryPermitAnswer Permit { get; set; } = EntryPermitAnswer.NotKept;

    public SpaceFacts? Find(SpaceId id) => Facts.Id == id ? Facts : null;

    public IReadOnlyList<SpaceFacts> Search(string? text, int most, Scope scope) => [Facts];

    public ValueTask<EntryPermitAnswer> FindActiveAsync(SpaceId space, DateTimeOffset at, CancellationToken stop) => ValueTask.FromResult(Permit);
}
