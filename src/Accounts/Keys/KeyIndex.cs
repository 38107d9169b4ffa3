using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Net;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Data;

namespace Anlan.Accounts.Keys;

/// <summary>What a request needs to know of a key.</summary>
internal sealed record KeyFacts(
    Guid Id, Guid Account, string Name, string Start, FrozenSet<string> Permissions, IReadOnlyList<string> Networks, IReadOnlyList<IPNetwork> From, Guid MadeBy, DateTimeOffset MadeAt, DateOnly LastDay,
    DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt, string? RevokeReason)
{
    public bool IsInForceOn(DateOnly day) => RevokedAt is null && day <= LastDay;

    /// <summary>True when it is taken from this address.</summary>
    public bool IsTakenFrom(IPAddress? address)
    {
        if (From.Count == 0) return true;
        if (address is null) return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return From.Any(network => network.Contains(plain));
    }
}

/// <summary>All keys in memory: revoking one counts at the commit, and no request reads the database.</summary>
internal sealed class KeyIndex(CityCalendar calendar) : EntityIndex<ApiKey>
{
    private readonly ConcurrentDictionary<Guid, KeyFacts> _byId = new();
    private readonly ConcurrentDictionary<string, Guid> _byHash = new(StringComparer.Ordinal);

    public IEnumerable<KeyFacts> All => _byId.Values;

    public KeyFacts? Find(Guid key) => _byId.GetValueOrDefault(key);

    /// <summary>The key with this keyed hash, in whatever state.</summary>
    public KeyFacts? FindByHash(string hash) => _byHash.TryGetValue(hash, out var id) ? Find(id) : null;

    /// <summary>True when the key is in force and carries the permission.</summary>
    public bool Carries(Guid key, string permission) => _byId.TryGetValue(key, out var facts) && facts.IsInForceOn(calendar.Today) && facts.Permissions.Contains(permission);

    protected override void Clear()
    {
        _byId.Clear();
        _byHash.Clear();
    }

    protected override void Put(ApiKey entity)
    {
        _byId[entity.Id] = new KeyFacts(
            entity.Id, entity.Account, entity.Name, entity.Start, entity.Permissions.ToFrozenSet(StringComparer.Ordinal), [.. entity.Networks], [.. entity.Networks.Select(IPNetwork.Parse)], entity.MadeBy, entity.MadeAt,
            entity.LastDay, entity.LastUsedAt, entity.RevokedAt, entity.RevokeReason);
        _byHash[entity.Hash] = entity.Id;
    }

    protected override void Remove(ApiKey entity)
    {
        _byId.TryRemove(entity.Id, out _);
        _byHash.TryRemove(entity.Hash, out _);
    }
}
