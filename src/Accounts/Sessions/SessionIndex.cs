using System.Collections.Concurrent;
using Anlan.Toolkit.Data;

namespace Anlan.Accounts.Sessions;

/// <summary>What a request needs to know of an open session. When it was last used lives here and is written to its row by and by.</summary>
internal sealed class SessionFacts(Guid id, Guid account, string stamp, bool hasFactor, DateTimeOffset endsAt, DateTimeOffset lastSeen)
{
    private long _seen = lastSeen.UtcTicks;

    public Guid Id { get; } = id;

    public Guid Account { get; } = account;

    public string Stamp { get; } = stamp;

    public bool HasFactor { get; } = hasFactor;

    public DateTimeOffset EndsAt { get; } = endsAt;

    public DateTimeOffset LastSeen => new(Volatile.Read(ref _seen), TimeSpan.Zero);

    /// <summary>The minute that its row has; touched by the clockwork only.</summary>
    public DateTimeOffset WrittenMinute { get; set; } = lastSeen;

    /// <summary>It was used now. No lock: of two requests at the same moment either may win.</summary>
    public void See(DateTimeOffset now)
    {
        // Not at each of a hundred requests a second.
        if (now.UtcTicks - Volatile.Read(ref _seen) >= TimeSpan.TicksPerSecond) Volatile.Write(ref _seen, now.UtcTicks);
    }
}

/// <summary>All open sessions in memory: a request costs a look-up, no database read.</summary>
internal sealed class SessionIndex : EntityIndex<SignInSession>
{
    private readonly ConcurrentDictionary<Guid, SessionFacts> _open = new();

    /// <summary>Raised after the commit that ended a session, with its id: open pages leave.</summary>
    public event Action<Guid>? Ended;

    public IEnumerable<SessionFacts> Open => _open.Values;

    public SessionFacts? Find(Guid session) => _open.GetValueOrDefault(session);

    protected override void Clear() => _open.Clear();

    protected override void Put(SignInSession entity)
    {
        if (entity.EndedAt is not null)
        {
            Remove(entity);
            return;
        }

        var lastSeen = Find(entity.Id)?.LastSeen is { } known && known > entity.LastSeenAt ? known : entity.LastSeenAt;
        _open[entity.Id] = new SessionFacts(entity.Id, entity.Account, entity.Stamp, entity.Factor != FactorUsed.None, entity.EndsAt, lastSeen);
    }

    protected override void Remove(SignInSession entity)
    {
        if (_open.TryRemove(entity.Id, out _)) Ended?.Invoke(entity.Id);
    }
}
