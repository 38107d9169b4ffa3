using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Worker.Desk;
using Microsoft.Extensions.Logging.Abstractions;

namespace Anlan.Tests.Cameras.Worker.Desk;

/// <summary>From the spool to a server that is there, away, or does not want what it gets.</summary>
public sealed class DeliveriesTests : IAsyncLifetime
{
    private const int Patience = 60_000;
    private static readonly DateTimeOffset Begin = new(2040, 3, 5, 1, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("anlan-deliveries-");
    private readonly CancellationTokenSource _stop = new();
    private PretendServer _server = null!;
    private Spool _spool = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await PretendServer.StartAsync();
        _spool = new Spool(Path.Combine(_folder.FullName, "spool"), 100_000_000, NullLogger.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _spool.Dispose();
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact(Timeout = Patience)]
    public async Task Events_arrive_in_their_order_and_each_clip_after_its_event()
    {
        var events = Enumerable.Range(0, 50).Select(Happened).ToList();
        events.ForEach(_spool.Add);
        _spool.AddClip(events[3].Camera, events[3].Id, Begin, Clip(70_000), isBlurred: false);

        await DeliverAsync(() => _spool.Count == 0, TestContext.Current.CancellationToken);

        Assert.Equal(events.Select(happened => happened.Id), _server.Events.Select(happened => happened.Id));
        Assert.Equal((events[3].Id, 70_000), (_server.Clips.Single().Key, _server.Clips.Single().Value.Length));
    }

    [Fact(Timeout = Patience)]
    public async Task While_the_line_is_cut_events_wait_and_are_delivered_once_when_it_is_back()
    {
        _server.IsCut = true;
        var delivering = DeliverAsync(() => _server.Events.Count == 5 && _spool.Count == 0, TestContext.Current.CancellationToken);
        var events = Enumerable.Range(0, 5).Select(Happened).ToList();
        events.ForEach(_spool.Add);
        while (_server.TurnedAway < 2) await Task.Delay(20, TestContext.Current.CancellationToken);
        var waiting = _spool.Count;
        _server.IsCut = false;
        await delivering;

        Assert.Equal(5, waiting);
        Assert.Equal(events.Select(happened => happened.Id), _server.Events.Select(happened => happened.Id));
    }

    [Fact(Timeout = Patience)]
    public async Task What_the_server_refuses_is_put_aside_and_the_rest_arrives()
    {
        var events = Enumerable.Range(0, 6).Select(Happened).ToList();
        events.ForEach(_spool.Add);
        _spool.AddClip(events[2].Camera, events[2].Id, Begin, Clip(1000), isBlurred: false);
        _server.Refuses = happened => happened.Id == events[2].Id ? "this camera is not yours" : null;

        await DeliverAsync(() => _spool.Count == 0, TestContext.Current.CancellationToken);

        Assert.Equal([0, 1, 3, 4, 5], _server.Events.Select(happened => events.FindIndex(known => known.Id == happened.Id)));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_folder.FullName, "spool", "refused")).Length);
    }

    [Theory(Timeout = Patience)]
    [InlineData(400, 0)]
    [InlineData(413, 0)]
    [InlineData(500, 1)]
    public async Task An_event_that_the_server_stumbles_over_holds_up_no_other(int status, int left)
    {
        var events = Enumerable.Range(0, 6).Select(Happened).ToList();
        events.ForEach(_spool.Add);
        _server.Status = happened => happened.Id == events[0].Id ? status : 200;

        await DeliverAsync(() => _spool.Count == left, TestContext.Current.CancellationToken);

        Assert.Equal(events.Skip(1).Select(happened => happened.Id), _server.Events.Select(happened => happened.Id));
        Assert.Equal(left == 1, _spool.Holds(events[0].Id));
    }

    private async Task DeliverAsync(Func<bool> isDone, CancellationToken stop)
    {
        using var line = new ServerLine(_server.Address, PretendServer.Key, authorities: null);
        var running = new Deliveries(_spool, line, "test/1", TimeProvider.System, NullLogger.Instance).RunAsync(_stop.Token);
        while (!isDone()) await Task.Delay(20, stop);
        await _stop.CancelAsync();
        await running;
    }

    private string Clip(int bytes)
    {
        var path = Path.Combine(_folder.FullName, "clip.mp4");
        File.WriteAllBytes(path, new byte[bytes]);
        return path;
    }

    private static SightEvent Happened(int second) => new(Guid.CreateVersion7(), Guid.CreateVersion7(), SightEventKind.Entered, Begin.AddSeconds(second), 1) { Picture = new byte[100] };
}
