using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Anlan.Toolkit.Data;

/// <summary>Copies the main database into the folder of backups before something changes it for good.</summary>
public sealed class DatabaseBackup(DatabaseChoice choice, DataFolder data, TimeProvider clock)
{
    /// <summary>True when there is something that could be lost.</summary>
    public async Task<bool> IsNeededAsync(CancellationToken stop)
    {
        if (choice.Postgres is not { } connection) return File.Exists(data.MainDatabase) && new FileInfo(data.MainDatabase).Length > 0;
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("select exists(select 1 from pg_tables where schemaname = 'public')");
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }

    /// <summary>Takes a copy; answers its file.</summary>
    /// <param name="before">What is about to happen, part of the file's name.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="InvalidOperationException">No copy could be taken, so nothing may be changed.</exception>
    public async Task<string> TakeAsync(string before, CancellationToken stop)
    {
        var target = Path.Combine(data.Backups, $"main-{clock.GetUtcNow():yyyyMMdd-HHmmss}-before-{before}");
        return choice.Postgres is { } connection ? await DumpAsync(connection, target + ".dump", stop) : await CopyAsync(target + ".db", stop);
    }

    private async Task<string> CopyAsync(string target, CancellationToken stop)
    {
        await using var source = new SqliteConnection($"Data Source={data.MainDatabase};Pooling=False");
        await source.OpenAsync(stop);
        await using var copy = source.CreateCommand();
        copy.CommandText = "vacuum into $target";
        copy.Parameters.AddWithValue("$target", target);
        await copy.ExecuteNonQueryAsync(stop);
        return target;
    }

    // The password goes by environment: a command line can be read by every user of the machine.
    private static async Task<string> DumpAsync(string connection, string target, CancellationToken stop)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo("pg_dump", ["--format=custom", "--file", target]) { RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in ((string, string?)[])[("PGHOST", settings.Host), ("PGPORT", $"{settings.Port}"), ("PGUSER", settings.Username), ("PGPASSWORD", settings.Password), ("PGDATABASE", settings.Database)])
        {
            if (value is not null) start.Environment[name] = value;
        }

        try
        {
            using var dump = Process.Start(start)!;
            var said = await dump.StandardError.ReadToEndAsync(stop);
            await dump.WaitForExitAsync(stop);
            return dump.ExitCode == 0 ? target : throw new InvalidOperationException($"pg_dump could not copy the database, so it is not migrated: {said.Trim()}");
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException("The database has to be migrated and pg_dump is missing to copy it first. Install postgresql-client in the server's version.", missing);
        }
    }
}
