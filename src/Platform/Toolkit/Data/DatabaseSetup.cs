using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Anlan.Toolkit.Data;

/// <summary>Brings the main database to the newest schema at start, after copying the old file, then loads the owners' indexes.</summary>
public sealed partial class DatabaseSetup(IServiceScopeFactory scopes, DatabaseBackup backup, IEnumerable<IEntityIndex> indexes, ILogger<DatabaseSetup> logger)
{
    /// <summary>Migrates and loads; the doors open only afterwards.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        var pending = (await db.Database.GetPendingMigrationsAsync(stop)).ToList();
        if (pending.Count > 0)
        {
            if (await backup.IsNeededAsync(stop))
            {
                var target = await backup.TakeAsync(pending[0], stop);
                LogCopied(target);
            }

            await db.Database.MigrateAsync(stop);
            LogMigrated(pending.Count, pending[^1]);
        }

        if (db.Database.IsSqlite()) await db.Database.ExecuteSqlRawAsync("pragma journal_mode=wal", stop);
        foreach (var index in indexes) await index.LoadAsync(db, stop);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Database migrated: {Count} step(s), now {Last}")]
    private partial void LogMigrated(int count, string last);

    [LoggerMessage(Level = LogLevel.Information, Message = "Database copied to {Target} before migrating")]
    private partial void LogCopied(string target);
}
