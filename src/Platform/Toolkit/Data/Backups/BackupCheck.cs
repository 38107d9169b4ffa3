using System.Security.Cryptography;
using Anlan.Kernel.Log;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Security;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Toolkit.Data.Backups;

/// <summary>What was found in copies of the databases.</summary>
/// <param name="Schema">Last migration of the main database.</param>
/// <param name="ProjectedTo">Position up to which it knows the log.</param>
/// <param name="LogEntries">Position of the log's last entry.</param>
/// <param name="LogHash">SHA-256 over all leaf hashes in order.</param>
public sealed record CheckedStore(string Schema, long ProjectedTo, long LogEntries, string LogHash);

/// <summary>Looks through a backup: what is not whole is told before anybody relies on it.</summary>
/// <param name="open">Makes a context over given options.</param>
/// <param name="clock">The one clock.</param>
/// <param name="say">Takes lines about the progress.</param>
public sealed class BackupCheck(Func<DbContextOptions<AnlanDb>, AnlanDb> open, TimeProvider clock, Action<string> say)
{
    /// <summary>Name of the file with the measurements; it may be missing.</summary>
    internal const string Telemetry = "telemetry.db";

    /// <summary>Compares every file with the manifest, then looks through databases, log and keys.</summary>
    /// <param name="folder">The backup.</param>
    /// <param name="keys">Folder that holds its <c>keys/</c>; the backup itself unless they lie apart.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="BackupException">Something does not fit.</exception>
    public async Task<BackupManifest> RunAsync(string folder, string keys, CancellationToken stop)
    {
        var manifest = BackupManifest.Read(folder);
        await CompareAsync(manifest, folder, keys, stop);
        var found = await StoreAsync(folder, keys, stop);
        if (found != new CheckedStore(manifest.Schema, manifest.ProjectedTo, manifest.LogEntries, manifest.LogHash))
        {
            throw new BackupException($"The databases in {folder} are not those of its manifest: the log ends at {found.LogEntries} with hash {found.LogHash}, the manifest says {manifest.LogEntries} with {manifest.LogHash}.");
        }

        return manifest;
    }

    /// <summary>Compares every file with the manifest.</summary>
    /// <exception cref="BackupException">One is missing or was changed.</exception>
    public async Task CompareAsync(BackupManifest manifest, string folder, string keys, CancellationToken stop)
    {
        say($"Comparing {manifest.Files.Count} files with their checksums");
        foreach (var file in manifest.Files)
        {
            var from = IsKey(file.Path) ? keys : folder;
            if (!File.Exists(Path.Combine(from, file.Path)))
            {
                throw new BackupException($"{file.Path} is missing in {from}." + (IsKey(file.Path) && manifest.HasKeysApart ? " The keys of this backup lie apart: name their folder." : " Use another backup."));
            }

            var found = await BackupFiles.MeasureAsync(from, file.Path, stop);
            if (found != file) throw new BackupException($"{file.Path} in {from} was changed or damaged: {found.Size} bytes with SHA-256 {found.Sha256}, the manifest says {file.Size} with {file.Sha256}. Use another backup.");
        }
    }

    /// <summary>Looks through databases, log and keys.</summary>
    /// <exception cref="BackupException">Something does not fit.</exception>
    public async Task<CheckedStore> StoreAsync(string folder, string keys, CancellationToken stop)
    {
        var (main, hot) = (Path.Combine(folder, "main.db"), Path.Combine(folder, "hot.db"));
        say("Checking main.db");
        var (schema, projected) = await ReadAsync(main, "main.db", async file =>
        {
            await IntegrityAsync(file, "main.db", stop);
            return ((string)(await ScalarAsync(file, "select max(\"MigrationId\") from \"__EFMigrationsHistory\"", stop))!, (long)(await ScalarAsync(file, "select coalesce(max(\"Seq\"), 0) from platform_projector where \"Id\" = 1", stop))!);
        });
        say("Checking hot.db");
        var (entries, hash) = await ReadAsync(hot, "hot.db", async file =>
        {
            await IntegrityAsync(file, "hot.db", stop);
            return await WalkAsync(file, stop);
        });
        if (projected > entries) throw new BackupException($"main.db knows the log up to entry {projected}, but the log ends at {entries}: these two files were not copied together.");
        await TelemetryAsync(folder, stop);
        await KeysAsync(main, keys, stop);
        return new CheckedStore(schema, projected, entries, hash);
    }

    internal static bool IsKey(string path) => path.StartsWith("keys/", StringComparison.Ordinal);

    private static async Task<T> ReadAsync<T>(string path, string name, Func<SqliteConnection, Task<T>> read)
    {
        try
        {
            await using var file = new SqliteConnection($"Data Source={path};Pooling=False;Mode=ReadOnly");
            await file.OpenAsync();
            return await read(file);
        }
        catch (SqliteException broken)
        {
            throw new BackupException($"{name} is damaged: {broken.Message}", broken);
        }
    }

    private async Task TelemetryAsync(string folder, CancellationToken stop)
    {
        var path = Path.Combine(folder, Telemetry);
        if (!File.Exists(path)) return;
        say("Checking telemetry.db");
        await ReadAsync(path, Telemetry, async file =>
        {
            await IntegrityAsync(file, Telemetry, stop);
            return 0;
        });
    }

    private static async Task IntegrityAsync(SqliteConnection file, string name, CancellationToken stop)
    {
        if (await ScalarAsync(file, "pragma integrity_check(1)", stop) is not "ok" and var said) throw new BackupException($"{name} is damaged: {said}");
    }

    // Positions without holes, every entry readable, every leaf hash right: what the log promises.
    private async Task<(long Entries, string Hash)> WalkAsync(SqliteConnection file, CancellationToken stop)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var last = 0L;
        await using var command = file.CreateCommand();
        command.CommandText = "select seq, entry, leaf from log order by seq";
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            var (seq, entry, leaf) = (rows.GetInt64(0), rows.GetFieldValue<byte[]>(1), rows.GetFieldValue<byte[]>(2));
            if (seq != last + 1) throw new BackupException($"The log has a hole: entry {last + 1} is missing.");
            last = seq;
            if (!leaf.AsSpan().SequenceEqual(LogEntry.LeafHash(entry))) throw new BackupException($"Entry {seq} of the log does not match its hash.");
            try
            {
                LogEntry.Decode(seq, entry);
            }
            catch (FormatException unreadable)
            {
                throw new BackupException(unreadable.Message, unreadable);
            }

            whole.AppendData(leaf);
            if (seq % 500_000 == 0) say($"  log: {seq} entries");
        }

        try
        {
            SqliteSideTables.ReadNow(file);
        }
        catch (FormatException unreadable)
        {
            throw new BackupException(unreadable.Message, unreadable);
        }

        return (last, Convert.ToHexStringLower(whole.GetHashAndReset()));
    }

    // The keys are those of this database when they open what it holds; a grant key that is missing would leave every chip without trust.
    private async Task KeysAsync(string main, string keys, CancellationToken stop)
    {
        say("Trying the keys");
        try
        {
            // Asked before anything opens the folder: whoever opens an empty one gets new keys.
            foreach (var kind in (string[])["grant-", "personal-"])
            {
                if (!BackupFiles.Below(Path.Combine(keys, "keys")).Any(name => name.StartsWith(kind, StringComparison.Ordinal))) throw new BackupException($"{Path.Combine(keys, "keys")} holds no key {kind}*: name the folder of the keys.");
            }

            var data = new DataFolder(keys);
            using (new SigningKeys(data, clock))
            {
                // Reading them is the trial.
            }

            var options = new DbContextOptionsBuilder<AnlanDb>();
            DataServices.Use(options, DatabaseChoice.Sqlite, main);
            await using var db = open(options.Options);
            try
            {
                await SealedRows.OpenSomeAsync(db, new PersonalFields(new KeyRing(data, clock), data), stop);
            }
            finally
            {
                // A pooled connection would keep the file open, which is moved soon.
                SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
            }
        }
        catch (Exception unfit) when (unfit is CryptographicException or InvalidDataException or ArgumentException)
        {
            throw new BackupException($"The keys do not fit the database: {unfit.Message}", unfit);
        }
    }

    private static async Task<object?> ScalarAsync(SqliteConnection file, string sql, CancellationToken stop)
    {
        await using var command = file.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(stop);
    }
}
