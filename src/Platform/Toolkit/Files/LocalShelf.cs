using System.Runtime.CompilerServices;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Data.Backups;

namespace Anlan.Toolkit.Files;

/// <summary>Files in the folder <c>files</c> of the data folder, the owner's alone.</summary>
internal sealed class LocalShelf(DataFolder data, TimeProvider clock) : IFileShelf
{
    public Task<bool> PutAsync(string temporary, string hash, CancellationToken stop) => Task.FromResult(Try(() =>
    {
        var target = PathOf(hash);
        if (File.Exists(target)) return false;
        var folder = BackupFiles.MakeFolder(Path.GetDirectoryName(target)!);
        File.SetLastWriteTimeUtc(temporary, clock.GetUtcNow().UtcDateTime);
        try
        {
            File.Move(temporary, target);
        }
        catch (IOException) when (File.Exists(target))
        {
            // Somebody else put the same content there meanwhile.
            return false;
        }

        // The name, too, must be on the disk before anybody relies on it.
        FolderSync.Flush(folder);
        FolderSync.Flush(Path.GetDirectoryName(folder)!);
        FolderSync.Flush(data.Files);
        return true;
    }));

    public Task<Stream?> OpenAsync(string hash, CancellationToken stop) => Task.FromResult(Try<Stream?>(() =>
    {
        try
        {
            return new FileStream(PathOf(hash), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous });
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }));

    public Task RemoveAsync(string hash, CancellationToken stop) => Task.FromResult(Try(() =>
    {
        if (File.Exists(PathOf(hash))) File.Delete(PathOf(hash));
        return true;
    }));

    public async IAsyncEnumerable<(string Hash, DateTimeOffset At)> AllAsync([EnumeratorCancellation] CancellationToken stop)
    {
        await Task.CompletedTask;
        foreach (var path in BackupFiles.Below(data.Files))
        {
            stop.ThrowIfCancellationRequested();
            if (FileNames.HashIn(path) is { } hash) yield return (hash, new DateTimeOffset(File.GetLastWriteTimeUtc(Path.Combine(data.Files, path))));
        }
    }

    private string PathOf(string hash) => Path.Combine(data.Files, FileNames.PathOf(hash));

    private static T Try<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            throw new FileShelfException(away.Message, away);
        }
    }
}
