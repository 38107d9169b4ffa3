using System.Collections.Concurrent;

namespace Anlan.Toolkit.Mqtt;

/// <summary>Keeps the last malformed messages for inspection: a bounded number, in memory; they are evidence of a fault, not of work.</summary>
public sealed class RejectedUplinks
{
    private const int Most = 500;
    private const int PayloadLimit = 4_096;
    private readonly ConcurrentQueue<RejectedUplink> _kept = new();

    /// <summary>The kept messages, newest first.</summary>
    public IReadOnlyList<RejectedUplink> Newest => [.. _kept.Reverse()];

    internal void Keep(string device, string channel, string reason, byte[] payload, DateTimeOffset at)
    {
        _kept.Enqueue(new RejectedUplink(device, channel, reason, payload.Length, payload.Length > PayloadLimit ? payload[..PayloadLimit] : payload, at));
        while (_kept.Count > Most) _kept.TryDequeue(out _);
    }
}

/// <summary>A malformed message.</summary>
/// <param name="Device">Serial.</param>
/// <param name="Channel">Device class and channel.</param>
/// <param name="Reason">Which field, what is wrong.</param>
/// <param name="Length">Full length in bytes.</param>
/// <param name="Payload">The first 4 KiB.</param>
/// <param name="At">Receipt.</param>
public sealed record RejectedUplink(string Device, string Channel, string Reason, int Length, byte[] Payload, DateTimeOffset At);
