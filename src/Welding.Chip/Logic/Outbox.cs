namespace Anlan.Welding.Chip.Logic;

/// <summary>An uplink that waits for its MQTT acknowledgement.</summary>
/// <param name="Seq">Number within this boot.</param>
/// <param name="Channel">Last level of the topic.</param>
/// <param name="Payload">JSON.</param>
public sealed record PendingUplink(long Seq, string Channel, byte[] Payload);

/// <summary>The uplinks that the server has not yet acknowledged, oldest first (CHIP-UP-05, CHIP-UP-06).</summary>
internal sealed class Outbox
{
    private readonly List<PendingUplink> _pending = [];

    public IReadOnlyList<PendingUplink> Pending => _pending;

    public void Add(PendingUplink uplink)
    {
        // Only the newest question for the time is of use.
        if (uplink.Channel == ChipTopics.Hello) _pending.RemoveAll(waiting => waiting.Channel == ChipTopics.Hello);
        if (_pending.Count >= ChipTimings.MostPending)
        {
            var expendable = _pending.FindIndex(waiting => waiting.Channel == ChipTopics.Telemetry);
            _pending.RemoveAt(Math.Max(0, expendable));
        }

        _pending.Add(uplink);
    }

    public void Settle(long seq)
    {
        var index = _pending.FindIndex(waiting => waiting.Seq == seq);
        if (index >= 0) _pending.RemoveAt(index);
    }

    /// <summary>What to send on a new connection: the hello, then everything else in its order.</summary>
    public IEnumerable<PendingUplink> ForNewConnection() =>
        _pending.Where(waiting => waiting.Channel == ChipTopics.Hello).Concat(_pending.Where(waiting => waiting.Channel != ChipTopics.Hello));
}
