using System.Collections.Concurrent;
using Anlan.Cameras.Worker.Detection;
using Anlan.Cameras.Worker.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;

namespace Anlan.Tests.Cameras.Worker.Pipeline;

/// <summary>Turns of cameras at a few detectors.</summary>
public sealed class DetectionDeskTests
{
    private const int Patience = 60_000;

    [Fact(Timeout = Patience)]
    public async Task Cameras_that_always_have_a_picture_get_equally_many_turns()
    {
        var turns = new ConcurrentQueue<int>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var desk = new DetectionDesk(() => new ScriptedDetector(_ => []), 1, TimeProvider.System, NullLogger.Instance);
        foreach (var number in Enumerable.Range(0, 5)) desk.Join(new Visitor(number, turns, () => turns.Count < 500));
        desk.Call();

        var running = desk.RunAsync(stop.Token);
        while (turns.Count < 500) await Task.Delay(5, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await running;

        Assert.All(turns.Take(500).GroupBy(number => number), group => Assert.Equal(100, group.Count()));
        Assert.All(turns.Take(500).Chunk(5), round => Assert.Equal(5, round.Distinct().Count()));
    }

    [Fact(Timeout = Patience)]
    public async Task A_camera_is_never_looked_at_by_two_at_once_and_two_detectors_work_side_by_side()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var desk = new DetectionDesk(() => new ScriptedDetector(_ => []), 2, TimeProvider.System, NullLogger.Instance);
        using var both = new Barrier(2);
        var (turns, together, most) = (0, 0, 0);
        Visitor Make(int number) => new(number, [], () => turns < 40)
        {
            During = () =>
            {
                Interlocked.Increment(ref turns);
                most = Math.Max(most, Interlocked.Increment(ref together));
                both.SignalAndWait(TimeSpan.FromSeconds(1));
                Interlocked.Decrement(ref together);
            },
        };
        Visitor[] visitors = [Make(1), Make(2)];
        foreach (var visitor in visitors) desk.Join(visitor);
        desk.Call();
        desk.Call();

        var running = desk.RunAsync(stop.Token);
        while (turns < 40) await Task.Delay(5, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await running;

        Assert.Equal(2, most);
        Assert.All(visitors, visitor => Assert.Equal(1, visitor.MostAtOnce));
    }

    [Fact(Timeout = Patience)]
    public async Task A_detector_that_fails_is_opened_anew()
    {
        var opened = 0;
        var turns = new ConcurrentQueue<int>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var desk = new DetectionDesk(() => Interlocked.Increment(ref opened) == 1 ? throw new InvalidOperationException("no memory") : new ScriptedDetector(_ => []), 1, TimeProvider.System, NullLogger.Instance);
        desk.Join(new Visitor(7, turns, () => turns.IsEmpty));
        desk.Call();

        var running = desk.RunAsync(stop.Token);
        while (turns.IsEmpty) await Task.Delay(5, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await running;

        Assert.Equal((2, 7), (opened, turns.Single()));
    }

    private sealed class Visitor(int number, ConcurrentQueue<int> turns, Func<bool> isWaiting) : IDeskVisitor
    {
        private int _now;

        public Action During { get; init; } = () => { };

        public int MostAtOnce { get; private set; }

        public bool IsWaiting => isWaiting();

        public void Look(IPersonDetector detector, DeskRoom room)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _now));
            turns.Enqueue(number);
            During();
            Interlocked.Decrement(ref _now);
        }
    }
}
