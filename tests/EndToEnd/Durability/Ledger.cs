using System.Collections.Concurrent;
using Anlan.Benchmarks.Failover;

namespace Anlan.EndToEnd.Durability;

/// <summary>What chips and phones were told, kept by themselves: each line must be in the log exactly once, whatever happens to the server.</summary>
internal sealed class Ledger : IDiary
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentDictionary<string, byte> _stops = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _failures = new();
    private int _inFlight;

    /// <summary>Everything told so far.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>What was not answered, or not with what was asked for.</summary>
    public IReadOnlyList<string> Failures => [.. _failures];

    /// <summary>Requests that wait for their answer.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>An uplink was acknowledged (PUBACK).</summary>
    public void Acknowledged(string serial, long boot, long seq) => _lines.Enqueue(Uplink(serial, boot, seq));

    /// <summary>A phone was told that its start is granted.</summary>
    public void Granted(Guid decision, Guid session) => _lines.Enqueue(Grant(decision, session));

    /// <summary>A phone was told that its machine has power.</summary>
    public void Powered(Guid session) => _lines.Enqueue(Power(session));

    /// <summary>A phone was told that its session ends; told twice, it ends once.</summary>
    public void Stopped(Guid session)
    {
        if (_stops.TryAdd(Stop(session), 0)) _lines.Enqueue(Stop(session));
    }

    /// <summary>A request was not answered, or not with what was asked for.</summary>
    public void Failed(string what) => _failures.Enqueue(what);

    /// <summary>A request leaves; dispose when it is answered or lost.</summary>
    public IDisposable Leave()
    {
        Interlocked.Increment(ref _inFlight);
        return new Flight(this);
    }

    public static string Uplink(string serial, long boot, long seq) => $"uplink {serial}/{boot}/{seq}";

    public static string Grant(Guid decision, Guid session) => $"grant {decision} {session}";

    public static string Power(Guid session) => $"power {session}";

    public static string Stop(Guid session) => $"stop {session}";

    private sealed class Flight(Ledger ledger) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref ledger._inFlight);
    }
}
