using System.Collections.Concurrent;
using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Accounts.Keys;

/// <summary>Remembers when a key was last used, to a few minutes: a program that asks a hundred times a second must not write a hundred rows.</summary>
internal sealed class KeyUses(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Uses within this time count as one.</summary>
    public static readonly TimeSpan Precision = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _noted = new();

    /// <summary>The key was used.</summary>
    public async Task NoteAsync(KeyFacts key, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (!IsDue(key.Id, key.LastUsedAt, now)) return;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        if (await db.Keys.SingleOrDefaultAsync(k => k.Id == key.Id, stop) is not { } used) return;
        used.LastUsedAt = now;
        // Whoever saved a newer one meanwhile, a revocation above all, is right.
        await db.Context.TrySaveAsync(stop);
    }

    /// <summary>A known key was refused: revoked, run out, of a disabled account or from a foreign network.</summary>
    public async Task RefuseAsync(KeyFacts key, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        db.Context.Audit("accounts.key.refused", $"key/{key.Id}", new { account = key.Account });
        await db.Context.SaveAsync(stop);
    }

    private bool IsDue(Guid key, DateTimeOffset? last, DateTimeOffset now)
    {
        while (true)
        {
            if (!_noted.TryGetValue(key, out var noted))
            {
                if (last is { } known && now - known < Precision) return false;
                if (_noted.TryAdd(key, now)) return true;
            }
            else if (now - noted < Precision) return false;
            else if (_noted.TryUpdate(key, now, noted)) return true;
        }
    }
}
