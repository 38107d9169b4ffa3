using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Toolkit.Data.Backups;

/// <summary>
/// Makes a data folder out of a backup: looked through first, laid beside the place, compared again, then put there by renaming. The old folder
/// stays under another name. Until the last step nothing has changed.
/// </summary>
/// <param name="open">Makes a context over given options.</param>
/// <param name="clock">The one clock.</param>
/// <param name="say">Takes lines about the progress.</param>
public sealed class RestoreBackup(Func<DbContextOptions<AnlanDb>, AnlanDb> open, TimeProvider clock, Action<string> say)
{
    /// <summary>What was restored.</summary>
    /// <param name="Manifest">The backup.</param>
    /// <param name="Before">Where the old data folder lies now; null when there was none.</param>
    public sealed record Restored(BackupManifest Manifest, string? Before);

    /// <summary>Restores.</summary>
    /// <param name="backup">Folder of the backup.</param>
    /// <param name="keys">Folder that holds its <c>keys/</c>, when they lie apart.</param>
    /// <param name="target">The data folder.</param>
    /// <param name="replaces">A filled data folder is put aside; without it, it is refused.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="BackupException">Nothing was changed.</exception>
    public async Task<Restored> RunAsync(string backup, string? keys, string target, bool replaces, CancellationToken stop)
    {
        (backup, target) = (Path.GetFullPath(backup), Path.TrimEndingDirectorySeparator(Path.GetFullPath(target)));
        var isFilled = Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any();
        if (isFilled && !replaces) throw new BackupException($"{target} is not empty. Restore into another folder, or say --replace: the old one is then kept beside it.");
        if (isFilled) RequireFree(target);
        keys = Path.GetFullPath(keys ?? backup);
        var manifest = await new BackupCheck(open, clock, say).RunAsync(backup, keys, stop);
        RequireKnown(manifest);

        var stamp = clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var (fresh, before) = ($"{target}.restoring-{stamp}", $"{target}.before-{stamp}");
        try
        {
            say($"Copying {manifest.Size / 1024 / 1024} MB");
            await CopyAsync(manifest, backup, keys, fresh, stop);
            if (isFilled) RequireFree(target);
            Swap(fresh, target, before);
            return new Restored(manifest, isFilled ? before : null);
        }
        catch (Exception failed)
        {
            if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
            if (failed is IOException or UnauthorizedAccessException) throw new BackupException($"Nothing was restored: {failed.Message}", failed);
            throw;
        }
    }

    private static async Task CopyAsync(BackupManifest manifest, string backup, string keys, string fresh, CancellationToken stop)
    {
        BackupFiles.MakeFolder(fresh);
        foreach (var file in manifest.Files.Where(file => !file.Path.StartsWith("settings/", StringComparison.Ordinal)))
        {
            await BackupFiles.CopyAsync(Path.Combine(BackupCheck.IsKey(file.Path) ? keys : backup, file.Path), Path.Combine(fresh, file.Path), stop);
            if (await BackupFiles.MeasureAsync(fresh, file.Path, stop) != file) throw new BackupException($"{file.Path} did not arrive whole. Nothing was restored; look at the disk.");
        }
    }

    private static void Swap(string fresh, string target, string before)
    {
        var wasThere = Directory.Exists(target);
        if (wasThere) Directory.Move(target, before);
        try
        {
            Directory.Move(fresh, target);
        }
        catch
        {
            if (wasThere) Directory.Move(before, target);
            throw;
        }
    }

    private static void RequireFree(string target)
    {
        foreach (var name in (string[])["main.db", "hot.db", BackupCheck.Telemetry])
        {
            if (!SqliteClaim.TryTake(Path.Combine(target, name))) throw new BackupException($"{Path.Combine(target, name)} is in use. Stop the server first; chips keep their leases and reconnect afterwards.");
        }
    }

    // An older backup is migrated at the next start; a newer one would be read wrongly.
    private void RequireKnown(BackupManifest manifest)
    {
        var options = new DbContextOptionsBuilder<AnlanDb>();
        DataServices.Use(options, DatabaseChoice.Sqlite, ":memory:");
        using var db = open(options.Options);
        if (!db.Database.GetMigrations().Contains(manifest.Schema)) throw new BackupException($"The backup's schema is {manifest.Schema}, which this program does not know. Use the version that made it ({manifest.Version}) or a newer one.");
    }
}
