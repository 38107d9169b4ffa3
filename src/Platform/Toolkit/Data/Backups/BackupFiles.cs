using System.Security.Cryptography;

namespace Anlan.Toolkit.Data.Backups;

/// <summary>Files of backups: for the owner only, and on the disk before anybody relies on them.</summary>
internal static class BackupFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int ChunkSize = 1 << 20;

    /// <summary>Makes a folder that only the owner may enter, and those above it that are missing.</summary>
    public static string MakeFolder(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent && !Directory.Exists(parent)) MakeFolder(parent);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>Copies a file durably.</summary>
    public static async Task CopyAsync(string from, string to, CancellationToken stop)
    {
        MakeFolder(Path.GetDirectoryName(to)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using var target = new FileStream(to, options);
        await source.CopyToAsync(target, ChunkSize, stop);
        target.Flush(flushToDisk: true);
    }

    /// <summary>Makes a file that somebody else wrote durable, and the owner's alone.</summary>
    public static void Settle(string path)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, OwnerOnly);
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Measures a file.</summary>
    public static async Task<BackupFile> MeasureAsync(string folder, string path, CancellationToken stop)
    {
        await using var file = File.OpenRead(Path.Combine(folder, path));
        return new BackupFile(path, file.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, stop)));
    }

    /// <summary>All files below a folder, as a manifest names them.</summary>
    public static IEnumerable<string> Below(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')) : [];
}
