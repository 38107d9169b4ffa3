using System.Diagnostics;
using Anlan.Benchmarks.Interlock;
using Anlan.Simulator.Chips;

namespace Anlan.Benchmarks.Failover;

/// <summary>Chips and welders of a cluster at work, all through the balancer.</summary>
internal sealed class ClusterLoad : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // Servers, balancer, databases, chips and phones share the machine: a load that takes all of it would measure the load.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);
    private readonly List<RestlessWelder> _welders;
    private readonly HttpClient _http;
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenSource _stopWork = new();
    private readonly List<Task> _lives;
    private List<Task> _work = [];

    private ClusterLoad(Cluster cluster, IReadOnlyList<BenchMachine> machines, IDiary diary, Action<string, long, long>? told)
    {
        Chips = machines.Select(machine => QuietChips.Of(machine, cluster.Trusted, cluster.Balancer.MqttPort, told)).ToList();
        _lives = Chips.Select(chip => chip.RunAsync(_over.Token)).ToList();
        // A balancer spreads connections: nobody keeps one for ever.
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false, PooledConnectionLifetime = TimeSpan.FromSeconds(5) }) { BaseAddress = new Uri($"http://127.0.0.1:{cluster.Balancer.HttpPort}"), Timeout = TimeSpan.FromSeconds(30) };
        _welders = machines.Select(machine => new RestlessWelder(machine, _http, diary) { WaitSeconds = 15, Rest = Rest }).ToList();
    }

    /// <summary>The chips.</summary>
    public List<SimulatedChip> Chips { get; }

    /// <summary>Starts so far.</summary>
    public int Starts => _welders.Sum(welder => welder.Successes);

    /// <summary>Signs everybody in, waits for every chip and begins to work.</summary>
    public static async Task<ClusterLoad> BeginAsync(Cluster cluster, IReadOnlyList<BenchMachine> machines, IDiary diary, Action<string, long, long>? told, CancellationToken stop)
    {
        await SignIns.RunAsync(cluster.Balancer.HttpPort, machines, stop);
        var load = new ClusterLoad(cluster, machines, diary, told);
        await Waiting.UntilAsync(() => load.Chips.TrueForAll(chip => chip.IsOnline), Longest, "chips on-line", Pause, stop: stop);
        load._work = load._welders.ConvertAll(welder => welder.RunAsync(load._stopWork.Token));
        return load;
    }

    /// <summary>Waits until every machine was started that was asked for at or after a moment; answers how long that took.</summary>
    public async Task<TimeSpan> UntilAllWorkAsync(long moment, CancellationToken stop)
    {
        await Waiting.UntilAsync(() => _welders.TrueForAll(welder => welder.FirstAfter(moment) is not null), Longest, "every machine has power again", Pause, stop: stop);
        return Stopwatch.GetElapsedTime(moment, _welders.Max(welder => welder.FirstAfter(moment)!.Value));
    }

    /// <summary>How long the machines took for that, the quickest first.</summary>
    public IReadOnlyList<double> SecondsAfter(long moment) => [.. _welders.Select(welder => Stopwatch.GetElapsedTime(moment, welder.FirstAfter(moment) ?? moment).TotalSeconds).Order()];

    /// <summary>Nobody starts a machine any more; waits until all power is off.</summary>
    public async Task EndWorkAsync(CancellationToken stop)
    {
        await _stopWork.CancelAsync();
        await Task.WhenAll(_work);
        await Waiting.UntilAsync(() => Chips.TrueForAll(chip => !chip.IsPowered), Longest, "all power off", Pause, stop: stop);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stopWork.CancelAsync();
        await _over.CancelAsync();
        try
        {
            await Task.WhenAll(_lives);
        }
        catch (OperationCanceledException)
        {
            // That is how a chip's life ends.
        }

        await Task.WhenAll(_work);
        Chips.ForEach(chip => chip.Dispose());
        _http.Dispose();
        _over.Dispose();
        _stopWork.Dispose();
    }
}
