using System.Text.Json;

namespace Anlan.Toolkit.Data.Backups;

/// <summary>A backup cannot be taken, trusted or restored; the text says what stands against it and what to do.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>One file of a backup.</summary>
/// <param name="Path">Its place below the backup's folder, with <c>/</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">SHA-256 over them, lower-case hexadecimal.</param>
public sealed record BackupFile(string Path, long Size, string Sha256);

/// <summary>What a backup holds; the last file that is written, so a folder without it is no backup.</summary>
/// <param name="Format">Version of this format.</param>
/// <param name="MadeAt">When the copies were begun.</param>
/// <param name="Version">The program that made it.</param>
/// <param name="Schema">Last migration of the main database.</param>
/// <param name="LogEntries">Position of the last entry of the log, 0 when it is empty.</param>
/// <param name="LogHash">SHA-256 over all leaf hashes in order, computed from the entries.</param>
/// <param name="ProjectedTo">Position up to which the main database knows the log; never beyond <paramref name="LogEntries"/>.</param>
/// <param name="HasKeysApart">The keys lie in a folder of their own.</param>
/// <param name="Files">Every file, also the keys.</param>
public sealed record BackupManifest(
    int Format, DateTimeOffset MadeAt, string Version, string Schema, long LogEntries, string LogHash, long ProjectedTo, bool HasKeysApart, IReadOnlyList<BackupFile> Files)
{
    /// <summary>The format that this program writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Its name in the backup's folder.</summary>
    public const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Sum of the sizes in bytes.</summary>
    public long Size => Files.Sum(file => file.Size);

    /// <summary>Reads the manifest of a backup.</summary>
    /// <exception cref="BackupException">The folder is no backup, or a newer program's.</exception>
    public static BackupManifest Read(string folder)
    {
        var path = System.IO.Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new BackupException($"{folder} is no whole backup: {FileName} is missing.");
        try
        {
            var read = JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(path), Json);
            if (read is not { Files: not null, Schema: not null, LogHash: not null }) throw new BackupException($"{path} is incomplete.");
            if (read.Format != CurrentFormat) throw new BackupException($"{path} has format {read.Format}; this program knows {CurrentFormat}. Use the version that made it ({read.Version}).");
            if (read.Files.FirstOrDefault(file => !IsPlain(file.Path)) is { } stray) throw new BackupException($"{path} names a file outside the backup: {stray.Path}");
            return read;
        }
        catch (JsonException broken)
        {
            throw new BackupException($"{path} cannot be read: {broken.Message}", broken);
        }
    }

    /// <summary>Writes the manifest into a folder.</summary>
    public void Write(string folder) => DataFolder.WriteSecret(System.IO.Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, Json));

    // A manifest comes from outside: a path may lead to no other place.
    private static bool IsPlain(string? path) => path is { Length: > 0 } && !path.Contains('\\', StringComparison.Ordinal) && !System.IO.Path.IsPathRooted(path) && Array.TrueForAll(path.Split('/'), part => part is not ("" or "." or ".."));
}
