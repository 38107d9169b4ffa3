using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Telemetry;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Anlan.Tests;

/// <summary>
/// On which database the tests run: SQLite files in a test's own folder, or, when <c>ANLAN_TEST_POSTGRES</c> names a server, a database of
/// its own for each folder. The same tests, the same folders; a test that starts a host again on its folder finds its data again.
/// </summary>
internal static class TestStore
{
    private static readonly string? Server = Environment.GetEnvironmentVariable("ANLAN_TEST_POSTGRES") is { Length: > 0 } server ? server : null;
    private const string Migrated = "template_migrated";
    private static readonly ConcurrentDictionary<string, DatabaseChoice> Named = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, Lazy<bool>> Made = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<object, Lazy<string>> Scripts = new();
    private static readonly SemaphoreSlim Templates = new(1, 1);
    private static readonly Dictionary<object, string> KnownTemplates = [];
    private static readonly Lazy<string> MigratedTemplate = new(MakeMigrated);

    /// <summary>True when the tests run on PostgreSQL.</summary>
    public static bool IsPostgres => Server is not null;

    /// <summary>The database that belongs to a folder; it may have to be made yet.</summary>
    public static DatabaseChoice Of(string folder) => Server is null ? DatabaseChoice.Sqlite : Named.GetOrAdd(folder, static name => new DatabaseChoice(new NpgsqlConnectionStringBuilder(Server) { Database = NameOf(name), MaxPoolSize = 20 }.ConnectionString));

    /// <summary>The same as settings of the whole server, with a database that is there and has its tables: they are the slow part of a first start.</summary>
    public static string[] Arguments(string folder)
    {
        if (Server is null)
        {
            if (!File.Exists(new DataFolder(folder).MainDatabase)) File.Copy(MigratedTemplate.Value, new DataFolder(folder).MainDatabase);
            return [];
        }

        Ensure(folder, () => MigratedTemplate.Value);
        return [$"--Anlan:Postgres={Of(folder).Postgres}"];
    }

    /// <summary>The log that belongs to a folder.</summary>
    public static ILogStore OpenLog(string folder)
    {
        Ensure(folder, () => "template0");
        return Of(folder).OpenLog(new DataFolder(folder));
    }

    /// <summary>The measurements that belong to a folder.</summary>
    public static ITelemetryStore OpenTelemetry(string folder)
    {
        Ensure(folder, () => "template0");
        return Of(folder).OpenTelemetry(new DataFolder(folder));
    }

    /// <summary>Makes the tables of a composition in a folder's new database; on PostgreSQL by copying a database that has them.</summary>
    public static async Task CreateTablesAsync(AnlanDb db, string folder)
    {
        if (Server is null)
        {
            if (File.Exists(new DataFolder(folder).MainDatabase)) return;
            // Working out the statements takes ten times as long as running them.
            var script = Scripts.GetOrAdd(db.Composition, _ => new Lazy<string>(db.Database.GenerateCreateScript)).Value;
            await using var transaction = await db.Database.BeginTransactionAsync();
            await using var command = db.Database.GetDbConnection().CreateCommand();
            (command.CommandText, command.Transaction) = (script, transaction.GetDbTransaction());
            await command.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
            return;
        }

        await Templates.WaitAsync();
        try
        {
            if (KnownTemplates.TryGetValue(db.Composition, out var known)) Ensure(folder, () => known);
            else Ensure(folder, () => "template0");
            if (await HasTablesAsync(db)) return;
            await db.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
            if (known is not null) return;
            await db.Database.CloseConnectionAsync();
            Free(Of(folder));
            KnownTemplates[db.Composition] = Copied(folder, "template_" + Guid.CreateVersion7().ToString("N"));
        }
        finally
        {
            Templates.Release();
        }
    }

    /// <summary>Removes a folder and its database.</summary>
    public static void Remove(string folder)
    {
        if (Made.TryRemove(folder, out _))
        {
            Free(Of(folder));
            Run(Server!, $"drop database if exists \"{NameOf(folder)}\" with (force)");
        }

        SqliteConnection.ClearAllPools();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    /// <summary>Everything that the main database of a stopped host holds, as it lies there.</summary>
    public static async Task<byte[]> ContentsAsync(string folder)
    {
        if (Of(folder).Postgres is not { } connection)
        {
            RunPast(folder, "main.db", "pragma wal_checkpoint(truncate)");
            return await File.ReadAllBytesAsync(Path.Combine(folder, "main.db"));
        }

        await using var source = NpgsqlDataSource.Create(connection);
        var contents = new StringBuilder();
        var tables = new List<string>();
        await using (var listing = source.CreateCommand("select tablename from pg_tables where schemaname = 'public'"))
        await using (var rows = await listing.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync()) tables.Add(rows.GetString(0));
        }

        foreach (var table in tables)
        {
            await using var all = source.CreateCommand($"select coalesce(string_agg(t::text, ' '), '') from \"{table}\" t");
            contents.Append((string?)await all.ExecuteScalarAsync());
        }

        return Encoding.UTF8.GetBytes(contents.ToString());
    }

    /// <summary>Runs a statement past the platform, as a stranger would.</summary>
    public static void RunPast(string folder, string file, string sql)
    {
        if (Of(folder).Postgres is { } connection)
        {
            Ensure(folder, () => "template0");
            Run(connection, sql);
            return;
        }

        using var sqlite = new SqliteConnection($"Data Source={Path.Combine(folder, file)};Pooling=False");
        sqlite.Open();
        using var command = sqlite.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Ensure(string folder, Func<string> template)
    {
        if (Server is null) return;
        _ = Made.GetOrAdd(folder, name => new Lazy<bool>(() =>
        {
            // Files are copied in a fifth of the time that it takes to write each of their pages to the server's log first.
            Run(Server, $"create database \"{NameOf(name)}\" template \"{template()}\" strategy file_copy encoding 'UTF8' locale 'C'");
            return true;
        })).Value;
    }

    // Whatever the first whole server would do to an empty database, done once.
    private static string MakeMigrated()
    {
        var folder = Directory.CreateTempSubdirectory("anlan-migrated-").FullName;
        Ensure(folder, () => "template0");
        var options = new DbContextOptionsBuilder<AnlanDb>();
        var file = new DataFolder(folder).MainDatabase;
        DataServices.Use(options, Of(folder), file);
        using (var db = Anlan.Host.HostApplication.OpenDb(options.Options)) db.Database.Migrate();
        if (Server is null)
        {
            RunPast(folder, Path.GetFileName(file), "pragma wal_checkpoint(truncate)");
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(folder);
            return file;
        }

        Free(Of(folder));
        var template = Copied(folder, Migrated + "_" + Guid.CreateVersion7().ToString("N")[^12..]);
        Remove(folder);
        return template;
    }

    private static string Copied(string folder, string template)
    {
        Run(Server!, $"create database \"{template}\" template \"{NameOf(folder)}\"");
        return template;
    }

    private static async Task<bool> HasTablesAsync(AnlanDb db) =>
        await db.Database.SqlQueryRaw<bool>("select exists(select 1 from pg_tables where schemaname = 'public') as \"Value\"").SingleAsync();

    private static string NameOf(string folder) => Path.GetFileName(folder.TrimEnd('/')).ToLowerInvariant() + "_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..8];

    private static void Free(DatabaseChoice choice)
    {
        foreach (var connection in (string[])[choice.Postgres!, choice.Tables!])
        {
            using var pooled = new NpgsqlConnection(connection);
            NpgsqlConnection.ClearPool(pooled);
        }
    }

    private static void Run(string connection, string sql)
    {
        using var server = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        server.Open();
        using var command = new NpgsqlCommand(sql, server);
        command.ExecuteNonQuery();
    }
}
