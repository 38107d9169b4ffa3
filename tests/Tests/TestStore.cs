using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
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
    private static readonly ConcurrentDictionary<string, DatabaseChoice> Made = new(StringComparer.Ordinal);
    private static readonly SemaphoreSlim Templates = new(1, 1);
    private static readonly HashSet<string> KnownTemplates = new(StringComparer.Ordinal);

    /// <summary>True when the tests run on PostgreSQL.</summary>
    public static bool IsPostgres => Server is not null;

    /// <summary>The database that belongs to a folder; made when it is asked for the first time.</summary>
    public static DatabaseChoice Of(string folder) => Server is null ? DatabaseChoice.Sqlite : Made.GetOrAdd(folder, Make);

    /// <summary>The same as settings of the whole server.</summary>
    public static string[] Arguments(string folder) => Of(folder).Postgres is { } connection ? [$"--Anlan:Postgres={connection}"] : [];

    /// <summary>The log that belongs to a folder.</summary>
    public static ILogStore OpenLog(string folder) => Of(folder).OpenLog(new DataFolder(folder));

    /// <summary>Makes the tables of a composition in a folder's new database; on PostgreSQL by copying a database that has them.</summary>
    public static async Task CreateTablesAsync(AnlanDb db, string folder)
    {
        if (Server is null)
        {
            await db.Database.EnsureCreatedAsync();
            return;
        }

        await Templates.WaitAsync();
        try
        {
            var template = "template_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(db.Database.GenerateCreateScript())))[..16];
            if (await HasTablesAsync(db)) return;
            if (KnownTemplates.Add(template))
            {
                await db.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
                await db.Database.CloseConnectionAsync();
                Free(Of(folder).Postgres!);
                Run(Server, $"drop database if exists \"{template}\"");
                Run(Server, $"create database \"{template}\" template \"{NameOf(folder)}\"");
            }
            else
            {
                await db.Database.CloseConnectionAsync();
                Free(Of(folder).Postgres!);
                Run(Server, $"drop database \"{NameOf(folder)}\" with (force)");
                Run(Server, $"create database \"{NameOf(folder)}\" template \"{template}\"");
            }
        }
        finally
        {
            Templates.Release();
        }
    }

    /// <summary>Removes a folder and its database.</summary>
    public static void Remove(string folder)
    {
        if (Made.TryRemove(folder, out var choice))
        {
            Free(choice.Postgres!);
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
            Run(connection, sql);
            return;
        }

        using var sqlite = new SqliteConnection($"Data Source={Path.Combine(folder, file)};Pooling=False");
        sqlite.Open();
        using var command = sqlite.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static DatabaseChoice Make(string folder)
    {
        Run(Server!, $"create database \"{NameOf(folder)}\" template template0 encoding 'UTF8' locale 'C'");
        return new DatabaseChoice(new NpgsqlConnectionStringBuilder(Server) { Database = NameOf(folder), MaxPoolSize = 20 }.ConnectionString);
    }

    private static async Task<bool> HasTablesAsync(AnlanDb db) =>
        await db.Database.SqlQueryRaw<bool>("select exists(select 1 from pg_tables where schemaname = 'public') as \"Value\"").SingleAsync();

    private static string NameOf(string folder) => Path.GetFileName(folder.TrimEnd('/')).ToLowerInvariant() + "_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..8];

    private static void Free(string connection)
    {
        using var pooled = new NpgsqlConnection(connection);
        NpgsqlConnection.ClearPool(pooled);
    }

    private static void Run(string connection, string sql)
    {
        using var server = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        server.Open();
        using var command = new NpgsqlCommand(sql, server);
        command.ExecuteNonQuery();
    }
}
