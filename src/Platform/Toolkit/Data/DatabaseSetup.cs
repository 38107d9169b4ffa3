using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Anlan.Toolkit.Data;

/// <summary>Brings the main database to the newest schema at start, after copying the old file, then loads the owners' indexes.</summary>
public sealed partial class DatabaseSetup(IServiceScopeFactory scopes, DataFolder data, IEnumerable<IEntityIndex> indexes, TimeProvider clock, ILogger<DatabaseSetup> logger)
{
    /// <summary>Migrates and loads; the doors open only afterwards.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        var pending = (await db.Database.GetPendingMigrationsAsync(stop)).ToList();
        if (pending.Count > 0)
        {
            if (File.Exists(data.MainDatabase) && new FileInfo(data.MainDatabase).Length > 0) Copy(pending[0]);
            await db.Database.MigrateAsync(stop);
            LogMigrated(pending.Count, pending[^1]);
        }

        await db.Database.ExecuteSqlRawAsync("pragma journal_mode=wal", stop);
        foreach (var index in indexes) await index.LoadAsync(db, stop);
    }

    private void Copy(string migration)
    {
        var target = Path.Combine(data.Backups, $"main-{clock.GetUtcNow():yyyyMMdd-HHmmss}-before-{migration}.db");
        using var source = new SqliteConnection($"Data Source={data.MainDatabase};Pooling=False");
        source.Open();
        using var copy = source.CreateCommand();
        copy.CommandText = "vacuum into $target";
        copy.Parameters.AddWithValue("$target", target);
        copy.ExecuteNonQuery();
        LogCopied(target);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Database migrated: {Count} step(s), now {Last}")]
    private partial void LogMigrated(int count, string last);

    [LoggerMessage(Level = LogLevel.Information, Message = "Database copied to {Target} before migrating")]
    private partial void LogCopied(string target);
}
