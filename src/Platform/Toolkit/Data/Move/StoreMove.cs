using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Anlan.Toolkit.Data.Move;

/// <summary>An installation cannot be moved; the text says what stands against it and what to do.</summary>
public sealed class StoreMoveException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>How much of one table was found on both sides.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Source">Rows in SQLite.</param>
/// <param name="Target">Rows in PostgreSQL.</param>
public sealed record MovedTable(string Table, long Source, long Target);

/// <summary>What was moved, counted and hashed on both sides.</summary>
/// <param name="Tables">The tables of the main database.</param>
/// <param name="Log">The log.</param>
/// <param name="Telemetry">Entries of the telemetry.</param>
public sealed record StoreMoved(IReadOnlyList<MovedTable> Tables, MovedLog Log, long Telemetry);

/// <summary>
/// Moves an installation from SQLite files to PostgreSQL, in one transaction: all of it, proved by counts and by the hash over the whole
/// log, or nothing. The files stay where they are under another name.
/// </summary>
/// <param name="data">The installation's folder.</param>
/// <param name="connection">Connection string of an empty PostgreSQL database.</param>
/// <param name="open">Makes a context over given options.</param>
/// <param name="say">Takes lines about the progress.</param>
public sealed class StoreMove(DataFolder data, string connection, Func<DbContextOptions<AnlanDb>, AnlanDb> open, Action<string> say)
{
    private const int ChunkSize = 2_000;

    /// <summary>Moves.</summary>
    /// <exception cref="StoreMoveException">Nothing was moved.</exception>
    public async Task<StoreMoved> RunAsync(CancellationToken stop)
    {
        string[] files = [data.MainDatabase, data.HotDatabase, .. File.Exists(data.TelemetryDatabase) ? [data.TelemetryDatabase] : Array.Empty<string>()];
        foreach (var file in files)
        {
            if (!File.Exists(file)) throw new StoreMoveException($"{file} is missing: {data.Root} is no installation on SQLite.");
            if (!SqliteClaim.TryTake(file)) throw new StoreMoveException($"{file} is in use. Stop the server first; chips keep their leases and reconnect afterwards.");
        }

        await using var source = Open(DatabaseChoice.Sqlite);
        await using var target = Open(new DatabaseChoice(connection));
        await PrepareAsync(source, target, stop);

        await using var transaction = await target.Database.BeginTransactionAsync(stop);
        var tables = new List<MovedTable>();
        foreach (var type in InOrder(target.Model)) tables.Add(await CopyAsync(source, target, type, stop));
        var log = await LogMove.RunAsync(data.HotDatabase, (NpgsqlConnection)target.Database.GetDbConnection(), say, stop);
        if (tables.Find(table => table.Source != table.Target) is { } missing) throw new StoreMoveException($"{missing.Table}: {missing.Target} of {missing.Source} rows arrived. Nothing was moved.");
        if (!log.IsSame) throw new StoreMoveException($"The log arrived with another hash ({log.TargetHash} instead of {log.SourceHash}). Nothing was moved.");
        var telemetry = File.Exists(data.TelemetryDatabase) ? await TelemetryMove.RunAsync(data.TelemetryDatabase, (NpgsqlConnection)target.Database.GetDbConnection(), say, stop) : 0;
        await transaction.CommitAsync(stop);

        SqliteConnection.ClearAllPools();
        foreach (var file in files) File.Move(file, file + ".moved", overwrite: true);
        return new StoreMoved(tables, log, telemetry);
    }

    private AnlanDb Open(DatabaseChoice choice)
    {
        var options = new DbContextOptionsBuilder<AnlanDb>();
        DataServices.Use(options, choice, data.MainDatabase);
        return open(options.Options);
    }

    private async Task PrepareAsync(AnlanDb source, AnlanDb target, CancellationToken stop)
    {
        if ((await source.Database.GetPendingMigrationsAsync(stop)).Any()) throw new StoreMoveException("The SQLite files are of an earlier version. Start this version once on them, then move.");
        try
        {
            var taken = await target.Database.SqlQueryRaw<int>("select count(*)::int as \"Value\" from pg_tables where schemaname in ('public', 'hot', 'telemetry')").SingleAsync(stop);
            if (taken > 0) throw new StoreMoveException($"The PostgreSQL database is not empty ({taken} tables). Give an empty one: createdb anlan");
        }
        catch (NpgsqlException unreachable) when (unreachable is not PostgresException || unreachable.InnerException is not null)
        {
            throw new StoreMoveException($"PostgreSQL cannot be reached: {unreachable.Message}", unreachable);
        }

        say("Making the tables");
        await target.Database.MigrateAsync(stop);
    }

    // A table comes after those that it refers to.
    private static List<IEntityType> InOrder(IModel model)
    {
        var ordered = new List<IEntityType>();
        void Visit(IEntityType type)
        {
            if (ordered.Contains(type)) return;
            foreach (var key in type.GetForeignKeys().Where(key => key.PrincipalEntityType != type)) Visit(key.PrincipalEntityType);
            ordered.Add(type);
        }

        foreach (var type in model.GetEntityTypes().Where(type => type.GetTableName() is not null)) Visit(type);
        return ordered;
    }

    private async Task<MovedTable> CopyAsync(AnlanDb source, AnlanDb target, IEntityType type, CancellationToken stop)
    {
        var rows = (IAsyncEnumerable<object>)typeof(StoreMove).GetMethod(nameof(RowsOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type.ClrType).Invoke(null, [source])!;
        var (found, chunk) = (0L, new List<object>(ChunkSize));
        await foreach (var row in rows.WithCancellation(stop))
        {
            found++;
            chunk.Add(row);
            if (chunk.Count < ChunkSize) continue;
            await RowWriter.CopyAsync(target, type, chunk, stop);
            chunk.Clear();
            if (found % 20_000 == 0) say($"  {type.GetTableName()}: {found} rows");
        }

        if (chunk.Count > 0) await RowWriter.CopyAsync(target, type, chunk, stop);
        await ContinueNumbersAsync(target, type, stop);
        var arrived = (long)(await ScalarAsync(target, $"select count(*) from \"{type.GetTableName()}\"", stop))!;
        say($"{type.GetTableName()}: {arrived} of {found} rows");
        return new MovedTable(type.GetTableName()!, found, arrived);
    }

    // Numbers that the database gives go on after the last one that came along.
    private static async Task ContinueNumbersAsync(AnlanDb target, IEntityType type, CancellationToken stop)
    {
        if (type.FindPrimaryKey()?.Properties is not [{ ValueGenerated: ValueGenerated.OnAdd } key] || key.ClrType != typeof(long)) return;
        await ScalarAsync(
            target, $"select setval(pg_get_serial_sequence('\"{type.GetTableName()}\"', '{key.GetColumnName()}'), greatest((select coalesce(max(\"{key.GetColumnName()}\"), 0) from \"{type.GetTableName()}\"), 1))", stop);
    }

    // Names of tables and columns come from the mappings, nothing from outside.
    private static async Task<object?> ScalarAsync(AnlanDb target, string sql, CancellationToken stop)
    {
        await using var command = target.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(stop);
    }

    private static IAsyncEnumerable<object> RowsOf<TRow>(AnlanDb db) where TRow : class => db.Set<TRow>().AsNoTracking().AsAsyncEnumerable();
}
