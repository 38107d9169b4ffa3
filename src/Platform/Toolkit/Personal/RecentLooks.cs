using System.Collections.Concurrent;

namespace Anlan.Toolkit.Personal;

/// <summary>Who was shown to whom a moment ago. Forgets by turns, so that it stays small.</summary>
internal sealed class RecentLooks(TimeSpan span)
{
    private readonly Lock _gate = new();
    private ConcurrentDictionary<(Guid Account, string View, Guid Person), DateTimeOffset> _young = new();
    private ConcurrentDictionary<(Guid Account, string View, Guid Person), DateTimeOffset> _old = new();
    private DateTimeOffset _turnedAt;

    public bool Has(Guid account, string view, Guid person, DateTimeOffset now)
    {
        var key = (account, view, person);
        return (_young.TryGetValue(key, out var at) || _old.TryGetValue(key, out at)) && now - at < span;
    }

    public void Add(Guid account, string view, IEnumerable<Guid> people, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (now - _turnedAt >= span) (_old, _young, _turnedAt) = (_young, new(), now);
        }

        foreach (var person in people) _young[(account, view, person)] = now;
    }
}
