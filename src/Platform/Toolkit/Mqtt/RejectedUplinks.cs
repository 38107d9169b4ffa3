using System.Net;

namespace Anlan.Toolkit.Mqtt;

/// <summary>
/// Takes what the broker rejects, without ever making a connection wait: a bounded number waits here for <see cref="RejectedUplinkWriter"/>.
/// One source cannot crowd out the others, and what there is no room for is still counted.
/// </summary>
public sealed class RejectedUplinks
{
    /// <summary>Newest ones kept of each source, here and in the table.</summary>
    public const int MostOfASource = 100;

    /// <summary>Newest ones kept in all.</summary>
    public const int MostInAll = 2_000;

    private const int MostWaiting = 1_000;
    private const int PayloadLimit = 4_096;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<RejectedUplink>> _waiting = new(StringComparer.Ordinal);
    private Dictionary<RejectionKind, RejectedCount> _counts = [];
    private int _waitingCount;

    /// <summary>Keeps one for inspection and counts it.</summary>
    /// <param name="kind">Why.</param>
    /// <param name="source">A proven serial, or <see cref="AddressOf"/> a stranger.</param>
    /// <param name="device">Proven or claimed serial, or null.</param>
    /// <param name="channel">Channel or topic.</param>
    /// <param name="reason">What is wrong, in English.</param>
    /// <param name="payload">Bytes; never such in which a secret may stand.</param>
    /// <param name="length">Full length in bytes.</param>
    /// <param name="at">Receipt.</param>
    public void Keep(RejectionKind kind, string source, string? device, string channel, string reason, ReadOnlyMemory<byte> payload, long length, DateTimeOffset at)
    {
        var message = new RejectedUplink
        {
            At = at,
            Kind = kind,
            Source = Short(source, 64),
            Device = device is null ? null : Short(device, 64),
            Channel = Short(channel, 200),
            Reason = Short(reason, 400),
            Length = length,
            Payload = payload[..Math.Min(payload.Length, PayloadLimit)].ToArray(),
        };
        lock (_lock)
        {
            var count = CountOf(kind, at);
            count.Total++;
            if (!TryWait(message)) count.NotKept++;
        }
    }

    /// <summary>Takes in what another process rejected, with its counts.</summary>
    internal void TakeIn(IEnumerable<RejectedUplink> messages, IEnumerable<RejectedCount> counts)
    {
        lock (_lock)
        {
            foreach (var more in counts)
            {
                var count = CountOf(more.Kind, more.LastAt);
                count.Total += more.Total;
                count.NotKept += more.NotKept;
            }

            foreach (var message in messages)
            {
                if (!TryWait(message)) CountOf(message.Kind, message.At).NotKept++;
            }
        }
    }

    private RejectedCount CountOf(RejectionKind kind, DateTimeOffset at)
    {
        if (!_counts.TryGetValue(kind, out var count)) _counts[kind] = count = new RejectedCount { Kind = kind, LastAt = at };
        if (count.LastAt < at) count.LastAt = at;
        return count;
    }

    /// <summary>False when there is no room for it.</summary>
    private bool TryWait(RejectedUplink message)
    {
        var hasQueue = _waiting.TryGetValue(message.Source, out var queue);
        if (hasQueue && queue!.Count == MostOfASource)
        {
            queue.Dequeue();
            queue.Enqueue(message);
            return true;
        }

        if (_waitingCount == MostWaiting) return false;
        if (!hasQueue) _waiting[message.Source] = queue = new Queue<RejectedUplink>();
        queue!.Enqueue(message);
        _waitingCount++;
        return true;
    }

    /// <summary>A stranger's address without its port.</summary>
    public static string AddressOf(EndPoint? remote) => remote switch
    {
        IPEndPoint { Address.IsIPv4MappedToIPv6: true } ip => ip.Address.MapToIPv4().ToString(),
        IPEndPoint ip => ip.Address.ToString(),
        _ => "unknown",
    };

    /// <summary>Takes what waits, oldest first; empty when nothing happened since.</summary>
    internal (IReadOnlyList<RejectedUplink> Messages, IReadOnlyCollection<RejectedCount> Counts) Take()
    {
        lock (_lock)
        {
            if (_counts.Count == 0) return ([], []);
            var taken = (_waiting.Values.SelectMany(queue => queue).OrderBy(message => message.At).ToList(), _counts.Values);
            _waiting.Clear();
            (_waitingCount, _counts) = (0, []);
            return taken;
        }
    }

    /// <summary>Takes back the counts of messages that could not be written: they are lost, their number is not.</summary>
    internal void GiveBack(IEnumerable<RejectedCount> counts, IReadOnlyList<RejectedUplink> lost)
    {
        lock (_lock)
        {
            foreach (var back in counts)
            {
                var count = CountOf(back.Kind, back.LastAt);
                count.Total += back.Total;
                count.NotKept += back.NotKept + lost.Count(message => message.Kind == back.Kind);
            }
        }
    }

    // Control characters are no text of ours: a claimed name must not be able to write lines of its own into a page or a file.
    private static string Short(string text, int most) =>
        string.Create(Math.Min(text.Length, most), text, (target, whole) =>
        {
            for (var i = 0; i < target.Length; i++) target[i] = char.IsControl(whole[i]) || char.IsSurrogate(whole[i]) ? '·' : whole[i];
        });
}
