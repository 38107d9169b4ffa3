using System.Diagnostics;
using System.Text;
using Anlan.Benchmarks.Wire;

namespace Anlan.Benchmarks.Interlock;

/// <summary>
/// Which machine is started next and what came of it. Without a rate every free connection starts the next machine at once; with one,
/// starts are due at even intervals, whether the server keeps up or not.
/// </summary>
internal sealed class StartLoad(IReadOnlyList<BenchMachine> machines, IReadOnlyList<BenchChip> chips, int rate)
{
    private readonly byte[][] _starts = [.. machines.Select(machine => HttpConnection.Post($"/api/v1/machines/{machine.Code}/start", machine.Cookie, $$"""{"proof":"{{machine.Proof}}","waitSeconds":10}"""))];
    private readonly byte[][] _stops = [.. machines.Select(machine => HttpConnection.Post($"/api/v1/machines/{machine.Code}/stop", machine.Cookie, "{}"))];
    private readonly Queue<BenchMachine> _idle = new(machines);
    private readonly Queue<WelderConnection> _free = new();
    private readonly long _interval = rate > 0 ? Stopwatch.Frequency / rate : 0;
    private long _nextDue = Stopwatch.GetTimestamp();
    private bool _isOver;

    /// <summary>From the moment a start was due until the answer that the chip has power.</summary>
    public Latencies Latencies { get; private set; } = new();

    /// <summary>Requests that were answered otherwise than expected.</summary>
    public int Failures { get; private set; }

    /// <summary>The first such answer.</summary>
    public string? FirstFailure { get; private set; }

    /// <summary>Answers "powered" while the chip had no power: must stay zero.</summary>
    public int Untruths { get; private set; }

    /// <summary>The request that starts a machine, with its welder's cookie and proof.</summary>
    public ReadOnlySpan<byte> StartOf(BenchMachine machine) => _starts[machine.Number];

    /// <summary>The request that stops it.</summary>
    public ReadOnlySpan<byte> StopOf(BenchMachine machine) => _stops[machine.Number];

    /// <summary>Forgets what was measured while warming up.</summary>
    public void BeginMeasuring() => (Latencies, Failures, FirstFailure) = (new Latencies(), 0, null);

    /// <summary>No further starts.</summary>
    public void End() => _isOver = true;

    /// <summary>A connection has nothing to do.</summary>
    public void Join(WelderConnection connection) => _free.Enqueue(connection);

    /// <summary>Starts what is due.</summary>
    public void Pump()
    {
        var now = Stopwatch.GetTimestamp();
        while (!_isOver && _free.Count > 0 && _idle.Count > 0)
        {
            if (_interval == 0)
            {
                _free.Dequeue().Start(_idle.Dequeue(), now);
                continue;
            }

            if (_nextDue > now) return;
            _free.Dequeue().Start(_idle.Dequeue(), _nextDue);
            _nextDue += _interval;
        }
    }

    /// <summary>A start was answered; true when the machine has power and is to be stopped.</summary>
    public bool Started(BenchMachine machine, int status, ReadOnlySpan<byte> body, long due)
    {
        if (status != 200 || body.IndexOf("\"state\":\"powered\""u8) < 0)
        {
            Fail(status, body);
            return false;
        }

        Latencies.AddSince(due);
        if (!chips[machine.Number].IsPowered) Untruths++;
        return true;
    }

    /// <summary>A stop was answered.</summary>
    public void Stopped(int status, ReadOnlySpan<byte> body)
    {
        if (status != 200) Fail(status, body);
    }

    /// <summary>A connection and a machine are free again.</summary>
    public void Free(WelderConnection connection, BenchMachine machine)
    {
        _free.Enqueue(connection);
        _idle.Enqueue(machine);
        Pump();
    }

    private void Fail(int status, ReadOnlySpan<byte> body)
    {
        Failures++;
        FirstFailure ??= $"{status} {Encoding.UTF8.GetString(body)}";
    }
}
