using System.Diagnostics;
using System.Net;
using Anlan.Benchmarks.Interlock;
using Anlan.Benchmarks.Telemetry;
using Anlan.Benchmarks.Wire;

namespace Anlan.Benchmarks.Soak;

/// <summary>How much of everything.</summary>
/// <param name="Idle">Chips that only keep their connection.</param>
/// <param name="Working">Machines that start and stop.</param>
/// <param name="Measuring">Chips that measure.</param>
/// <param name="Starts">Starts a second.</param>
internal sealed record SoakPlan(int Idle, int Working, int Measuring, double Starts)
{
    /// <summary>All machines, working ones first.</summary>
    public List<BenchMachine> Machines() => Enumerable.Range(0, Working + Idle + Measuring + 1).Select(number => new BenchMachine(number) { HasWelder = number < Working }).ToList();
}

/// <summary>A county's working day at an even pace, on one thread: starts and stops, measurements, chips that lose their network and come back, strangers at the door, a chip that babbles.</summary>
internal sealed class SoakLoad : IDisposable
{
    private const double Reconnects = 1;
    private const double Strangers = 2;
    private const double Babbles = 1;
    private const double MessageInterval = 10;
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StrangerTime = TimeSpan.FromSeconds(20);
    private readonly EventLoop _loop = new();
    private readonly IReadOnlyList<byte[]> _trusted;
    private readonly List<BenchMachine> _idle;
    private readonly int _mqttPort;
    private readonly List<BenchChip> _chips;
    private readonly List<SoakWelder> _welders;
    private readonly List<MeasuringChip> _measuring;
    private readonly BabblingChip _babbling;
    private readonly Queue<(int Number, long Since)> _away = new();
    private readonly List<BenchChip> _arriving = [];
    private readonly Queue<(Stranger Who, long Since)> _strangers = new();
    private readonly Pace _starts, _messages, _reconnects = new(Reconnects), _visits = new(Strangers), _babbles = new(Babbles);
    private int _nextWelder, _nextChip, _visited, _nextMeasuring;
    private long _advanced;

    public SoakLoad(HostProcess server, SoakPlan plan, IReadOnlyList<BenchMachine> machines, IReadOnlyList<byte[]> trusted)
    {
        (_mqttPort, _trusted) = (server.MqttPort, trusted);
        var working = machines.Take(plan.Working).ToList();
        _idle = [.. machines.Skip(plan.Working).Take(plan.Idle)];
        _chips = InterlockBench.Connect(_loop, _mqttPort, [.. working, .. _idle], trusted);
        _welders = working.ConvertAll(machine => _loop.Connect(server.HttpPort, new SoakWelder(machine)));
        var measurements = new MeasuringLoad { IsPaced = true };
        _measuring = [.. machines.Skip(plan.Working + plan.Idle).Take(plan.Measuring).Select(machine => _loop.Connect(_mqttPort, new MeasuringChip(machine, measurements)))];
        _babbling = _loop.Connect(_mqttPort, new BabblingChip(machines[^1]));
        _loop.TurnUntil(() => _measuring.TrueForAll(chip => chip.IsAccepted) && _babbling.IsAccepted, TimeSpan.FromSeconds(60), "connections");
        (_starts, _messages) = (new Pace(plan.Starts), new Pace(Math.Max(1, plan.Measuring) / MessageInterval));
    }

    /// <summary>Starts that ended with power.</summary>
    public int Started => _welders.Sum(welder => welder.Starts);

    /// <summary>Starts that were refused.</summary>
    public int Refused => _welders.Sum(welder => welder.Refused);

    /// <summary>Chips that came back.</summary>
    public int Reconnected { get; private set; }

    /// <summary>Strangers so far.</summary>
    public int Visited => _visited;

    /// <summary>Lets all of it go on for a while.</summary>
    public void TurnFor(TimeSpan time) => _loop.TurnFor(time, Go);

    /// <inheritdoc />
    public void Dispose() => _loop.Dispose();

    private void Go()
    {
        for (var due = _starts.Take(); due > 0; due--) StartNext();
        for (var due = _messages.Take(); due > 0 && _measuring.Count > 0; due--) _measuring[_nextMeasuring++ % _measuring.Count].Measure();
        for (var due = _reconnects.Take(); due > 0 && _idle.Count > 0; due--) LoseNext();
        for (var due = _visits.Take(); due > 0; due--) Visit();
        for (var due = _babbles.Take(); due > 0; due--) _babbling.Babble();
        ComeBack();
        if (Stopwatch.GetElapsedTime(_advanced) < TimeSpan.FromSeconds(1)) return;
        _advanced = Stopwatch.GetTimestamp();
        foreach (var chip in _chips.Where(chip => !chip.IsClosed)) chip.Advance();
        _measuring.ForEach(chip => chip.Ping());
        _babbling.Ping();
    }

    private void StartNext()
    {
        for (var look = 0; look < _welders.Count; look++)
        {
            if (_welders[_nextWelder++ % _welders.Count] is not { IsBusy: false } free) continue;
            free.Begin();
            return;
        }
    }

    // An idle chip loses its network without a word.
    private void LoseNext()
    {
        var number = _nextChip++ % _idle.Count;
        if (_chips[_welders.Count + number] is not { IsReady: true, IsClosed: false } chip) return;
        chip.Dispose();
        _away.Enqueue((number, Stopwatch.GetTimestamp()));
    }

    // After a while it comes back as it was. Whom the server turns away, because it is still busy with the end of the old connection, comes once more.
    private void ComeBack()
    {
        while (_away.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(oldest.Since) > Away)
        {
            var (number, place) = (_away.Dequeue().Number, _welders.Count + oldest.Number);
            _chips[place] = _loop.Connect(_mqttPort, new BenchChip(_idle[number], _trusted, _chips[place]) { HungUp = () => _away.Enqueue((number, Stopwatch.GetTimestamp())) });
            _arriving.Add(_chips[place]);
            Reconnected++;
        }

        _arriving.RemoveAll(chip => chip.IsClosed);
        _arriving.RemoveAll(chip =>
        {
            if (chip.IsAccepted) chip.Subscribe();
            return chip.IsAccepted;
        });
    }

    // Each from an address of its own, so that whatever the server remembers of addresses would grow.
    private void Visit()
    {
        _visited++;
        _strangers.Enqueue((_loop.Connect(_mqttPort, new Stranger(_visited) { From = new IPAddress([127, 2, (byte)(_visited >> 8), (byte)_visited]) }), Stopwatch.GetTimestamp()));
        while (_strangers.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(oldest.Since) > StrangerTime) _strangers.Dequeue().Who.Dispose();
    }
}
