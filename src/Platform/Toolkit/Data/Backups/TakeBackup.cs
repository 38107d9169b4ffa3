using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Toolkit.Data.Backups;

/// <summary>
/// Copies an installation on SQLite into one folder, while the server runs. Each database is copied in one read transaction of its own, the main one
/// first: what is behind log and telemetry catches up, what is ahead of them cannot. The copy is looked through before it counts as a backup.
/// </summary>
/// <param name="data">The installation's folder.</param>
/// <param name="open">Makes a context over given options.</param>
/// <param name="clock">The one clock.</param>
/// <param name="say">Takes lines about the progress.</param>
public sealed class TakeBackup(DataFolder data, Func<DbContextOptions<AnlanDb>, AnlanDb> open, TimeProvider clock, Action<string> say)
{
    /// <summary>A backup's folder begins so.</summary>
    public const string Prefix = "anlan-";

    /// <summary>Name of the settings file's copy.</summary>
    public const string Settings = "settings/appsettings.json";

    private const string Files = "files";

    /// <summary>End of the name of a backup that is not whole yet.</summary>
    private const string Partial = ".partial";

    private static readonly string[] Databases = ["main.db", "hot.db", BackupCheck.Telemetry];

    /// <summary>Takes a backup; answers its folder and what it holds.</summary>
    /// <param name="target">Folder in which the backup's own folder is made.</param>
    /// <param name="keysTarget">Another folder for the keys, or null to keep them inside.</param>
    /// <param name="settings">The settings file, or null when there is none.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="BackupException">Nothing was kept.</exception>
    public async Task<(string Folder, BackupManifest Manifest)> RunAsync(string target, string? keysTarget, string? settings, CancellationToken stop)
    {
        if (Array.Find(Databases, name => name != BackupCheck.Telemetry && !File.Exists(Path.Combine(data.Root, name))) is { } missing) throw new BackupException($"{missing} is missing: {data.Root} is no installation on SQLite.");
        (target, keysTarget) = (Outside(target), keysTarget is null ? null : Outside(keysTarget));
        var at = clock.GetUtcNow();
        var folder = Path.Combine(target, Prefix + at.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture));
        var keysFolder = keysTarget is null ? folder : Path.Combine(keysTarget, Path.GetFileName(folder));
        if (Directory.Exists(folder) || Directory.Exists(keysFolder)) throw new BackupException($"{folder} exists already; wait a second.");
        var (partial, partialKeys) = (folder + Partial, keysFolder + Partial);
        try
        {
            BackupFiles.MakeFolder(target);
            RequireRoom(target);
            BackupFiles.MakeFolder(partial);
            BackupFiles.MakeFolder(partialKeys);
            var manifest = await FillAsync(at, partial, partialKeys, keysTarget is not null, settings, stop);
            if (partialKeys != partial) Directory.Move(partialKeys, keysFolder);
            Directory.Move(partial, folder);
            return (folder, manifest);
        }
        catch (Exception failed)
        {
            foreach (var half in new[] { partial, partialKeys }.Where(Directory.Exists)) Directory.Delete(half, recursive: true);
            if (failed is IOException or UnauthorizedAccessException or SqliteException) throw new BackupException($"No backup was made: {failed.Message}", failed);
            throw;
        }
    }

    private async Task<BackupManifest> FillAsync(DateTimeOffset at, string folder, string keys, bool areKeysApart, string? settings, CancellationToken stop)
    {
        // Before the database: a key that is destroyed meanwhile may have sealed what the copy still holds. And after it: for a key that was made meanwhile.
        await CopyKeysAsync(keys, stop);
        // Files before the database and after it, too: one that goes meanwhile may be named by the copy, and so may one that came.
        await CopyKeptAsync(folder, stop);
        // An installation that has measured nothing since it learned to has no telemetry.
        foreach (var name in Databases.Where(name => File.Exists(Path.Combine(data.Root, name))))
        {
            say($"Copying {name} ({new FileInfo(Path.Combine(data.Root, name)).Length / 1024 / 1024} MB)");
            await CopyDatabaseAsync(name, folder, stop);
        }

        await CopyKeysAsync(keys, stop);
        await CopyKeptAsync(folder, stop);
        foreach (var path in BackupFiles.Below(data.Root).Where(IsOther)) await CopyIfThereAsync(Path.Combine(data.Root, path), Path.Combine(folder, path), stop);
        if (settings is not null && File.Exists(settings)) await BackupFiles.CopyAsync(settings, Path.Combine(folder, Settings), stop);

        var check = new BackupCheck(open, clock, say);
        var found = await check.StoreAsync(folder, keys, stop);
        var files = new List<BackupFile>();
        foreach (var path in BackupFiles.Below(folder).Order(StringComparer.Ordinal)) files.Add(await BackupFiles.MeasureAsync(folder, path, stop));
        if (areKeysApart)
        {
            foreach (var path in BackupFiles.Below(keys).Order(StringComparer.Ordinal)) files.Add(await BackupFiles.MeasureAsync(keys, path, stop));
        }

        var version = typeof(TakeBackup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        var manifest = new BackupManifest(BackupManifest.CurrentFormat, at, version, found.Schema, found.LogEntries, found.LogHash, found.ProjectedTo, areKeysApart, files);
        manifest.Write(folder);
        return manifest;
    }

    private async Task CopyDatabaseAsync(string name, string folder, CancellationToken stop)
    {
        var target = Path.Combine(folder, name);
        await using (var source = new SqliteConnection($"Data Source={Path.Combine(data.Root, name)};Pooling=False;Default Timeout=60"))
        {
            await source.OpenAsync(stop);
            await using var copy = source.CreateCommand();
            copy.CommandText = "vacuum into $target";
            copy.CommandTimeout = 0;
            copy.Parameters.AddWithValue("$target", target);
            await copy.ExecuteNonQueryAsync(stop);
        }

        BackupFiles.Settle(target);
    }

    private async Task CopyKeysAsync(string target, CancellationToken stop)
    {
        foreach (var path in BackupFiles.Below(data.Keys).Where(path => !IsUnfinished(path))) await CopyIfThereAsync(Path.Combine(data.Keys, path), Path.Combine(target, "keys", path), stop);
    }

    // A file that is there is whole and never changes.
    private async Task CopyKeptAsync(string folder, CancellationToken stop)
    {
        var missing = BackupFiles.Below(data.Files).Where(path => !IsUnfinished(path) && !File.Exists(Path.Combine(folder, Files, path))).ToList();
        if (missing.Count > 0) say($"Copying {missing.Count} evidence files");
        foreach (var path in missing) await CopyIfThereAsync(Path.Combine(data.Files, path), Path.Combine(folder, Files, path), stop);
    }

    // Files come and go while the server runs.
    private static async Task CopyIfThereAsync(string from, string to, CancellationToken stop)
    {
        try
        {
            await BackupFiles.CopyAsync(from, to, stop);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // It went between the listing and the copy.
            File.Delete(to);
        }
    }

    // Rules of the office and whatever else lies in the folder; no earlier copies, no diaries, and no link that opens a door.
    private static bool IsOther(string path) =>
        !BackupCheck.IsKey(path) && !path.StartsWith(Files + "/", StringComparison.Ordinal) && !path.StartsWith("backups/", StringComparison.Ordinal) && !path.StartsWith("settings/", StringComparison.Ordinal)
        && !Array.Exists(Databases, name => path.StartsWith(name, StringComparison.Ordinal)) && path != "set-up-link.txt" && path != BackupManifest.FileName
        && !path.EndsWith(".log", StringComparison.Ordinal) && !IsUnfinished(path);

    private static bool IsUnfinished(string path) => path.EndsWith(".new", StringComparison.Ordinal);

    // Below the data folder only its folder of backups: any other would go into the next backup, and that one into the next.
    private string Outside(string target)
    {
        var path = Path.GetFullPath(target);
        var inside = Path.GetRelativePath(data.Root, path);
        var isBelow = inside != ".." && !inside.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(inside);
        if (isBelow && inside.Split(Path.DirectorySeparatorChar)[0] != "backups") throw new BackupException($"{path} lies in the data folder. Choose {data.Backups}, or better a folder on another disk.");
        return path;
    }

    private void RequireRoom(string target)
    {
        var needed = Databases.SelectMany(name => Directory.GetFiles(data.Root, name + "*")).Concat(BackupFiles.Below(data.Files).Where(path => !IsUnfinished(path)).Select(path => Path.Combine(data.Files, path))).Sum(path => new FileInfo(path).Length);
        if (new DriveInfo(target).AvailableFreeSpace is var free && free < needed) throw new BackupException($"{target} has {free / 1024 / 1024} MB free; the backup may need {needed / 1024 / 1024} MB. Make room or choose another disk.");
    }
}
