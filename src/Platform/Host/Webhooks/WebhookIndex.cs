using System.Collections.Concurrent;
using Anlan.Toolkit.Data;

namespace Anlan.Host.Webhooks;

/// <summary>All webhooks in memory: while there is none, nobody asks the database.</summary>
internal sealed class WebhookIndex : EntityIndex<Webhook>
{
    private readonly ConcurrentDictionary<Guid, Webhook> _all = new();

    /// <summary>Those that are told what happens.</summary>
    public IReadOnlyList<Webhook> Active => [.. _all.Values.Where(webhook => webhook.PausedAt is null)];

    /// <summary>All of them.</summary>
    public IReadOnlyList<Webhook> All => [.. _all.Values];

    /// <summary>One, or null.</summary>
    public Webhook? Find(Guid id) => _all.GetValueOrDefault(id);

    protected override void Clear() => _all.Clear();

    protected override void Put(Webhook entity) => _all[entity.Id] = new Webhook
    {
        Id = entity.Id,
        Name = entity.Name,
        Address = entity.Address,
        Secret = entity.Secret,
        Types = [.. entity.Types],
        Division = entity.Division,
        Enterprise = entity.Enterprise,
        MadeBy = entity.MadeBy,
        MadeAt = entity.MadeAt,
        PausedAt = entity.PausedAt,
        PauseReason = entity.PauseReason,
        Version = entity.Version,
    };

    protected override void Remove(Webhook entity) => _all.TryRemove(entity.Id, out _);
}
