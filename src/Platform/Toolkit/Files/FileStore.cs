using System.Security.Cryptography;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Data.Backups;
using Microsoft.Extensions.Logging;

namespace Anlan.Toolkit.Files;

/// <summary>
/// Keeps files by the hash of their bytes. A file is written to a temporary place while it is hashed, is on the disk before it gets its name, and is never written
/// again; the same bytes lie there once. Nobody reads a file here that was not compared with its name. Modules use <see cref="Attachments"/>.
/// </summary>
public sealed partial class FileStore(IFileShelf shelf, DataFolder data, TimeProvider clock, ILogger<FileStore> logger) : IDisposable
{
    /// <summary>A file that no record names stays for so long: its record may be about to be saved.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, DateTimeOffset> _recent = new(StringComparer.Ordinal);

    /// <summary>What is said of a content that is too large.</summary>
    /// <param name="size">Bytes, as far as they were read.</param>
    /// <param name="terms">What is taken.</param>
    public static Refusal TooLarge(long size, FileTerms terms) =>
        Refusal.OfField("file", "FileTooLarge") with { Measured = FactValue.Text(FileTerms.Megabytes(size)), Limit = FactValue.Text(terms.MostInWords) };

    /// <summary>Keeps a content.</summary>
    /// <param name="content">Read once; what it throws is thrown on, and nothing is kept.</param>
    /// <param name="terms">What is taken.</param>
    /// <param name="key">Seals the content, if it is not null; a key of its own for each content.</param>
    /// <param name="stop">Gives up; nothing is kept.</param>
    /// <returns>The file, or why not: <c>FileEmpty</c>, <c>FileTooLarge</c>, <c>FileTypeRefused</c>, <c>FileChanged</c> when what lies there under its name is not this content, <c>FilesAway</c>.</returns>
    public async Task<Outcome<KeptFile>> KeepAsync(Stream content, FileTerms terms, byte[]? key, CancellationToken stop)
    {
        var temporary = "";
        try
        {
            temporary = Path.Combine(Incoming(), Guid.CreateVersion7().ToString("N") + FileNames.Unfinished);
            var written = await WriteAsync(content, temporary, terms, key, stop);
            if (!written.IsDone) return written;
            await MarkAsync(written.Value.Hash, stop);
            if (await shelf.PutAsync(temporary, written.Value.Hash, stop)) return written;
            // It is there already. Nobody may rely on that unless it is whole.
            var there = await OpenAsync(written.Value.Hash, null, stop);
            if (!there.IsDone) return Outcome<KeptFile>.Refused(there.Refusals);
            await there.Value.DisposeAsync();
            return written;
        }
        catch (FileShelfException away)
        {
            LogAway(away.Message);
            return new Refusal("FilesAway");
        }
        finally
        {
            if (temporary.Length > 0) File.Delete(temporary);
        }
    }

    /// <summary>Opens a file after comparing all of it with its name.</summary>
    /// <param name="hash">Its name.</param>
    /// <param name="key">Opens the content, if it was sealed.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The content, or <c>FileMissing</c>, <c>FileChanged</c>, <c>FilesAway</c>.</returns>
    public async Task<Outcome<KeptContent>> OpenAsync(string hash, byte[]? key, CancellationToken stop)
    {
        try
        {
            if (await shelf.OpenAsync(hash, stop) is not { } file)
            {
                LogMissing(hash);
                return new Refusal("FileMissing") { Limit = FactValue.Text(hash) };
            }

            var found = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, stop));
            file.Position = 0;
            if (found == hash) return new KeptContent(file, hash, key);
            await file.DisposeAsync();
            LogChanged(hash, found);
            return new Refusal("FileChanged") { Measured = FactValue.Text(found), Limit = FactValue.Text(hash) };
        }
        catch (Exception away) when (away is FileShelfException or IOException)
        {
            LogAway(away.Message);
            return new Refusal("FilesAway");
        }
    }

    /// <summary>Removes a file that no record names any more, unless somebody keeps the same content anew at this moment; true when it was removed.</summary>
    /// <param name="hash">Its name.</param>
    /// <param name="announce">Puts the removal on record first.</param>
    /// <param name="stop">Gives up.</param>
    internal async Task<bool> RemoveAsync(string hash, Func<Task> announce, CancellationToken stop)
    {
        await _gate.WaitAsync(stop);
        try
        {
            if (_recent.TryGetValue(hash, out var at) && clock.GetUtcNow() - at < Grace) return false;
            _recent.Remove(hash);
            await announce();
            await shelf.RemoveAsync(hash, stop);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Forgets what was being written when the process died.</summary>
    internal static void ClearIncoming(DataFolder data)
    {
        if (Directory.Exists(FileNames.IncomingOf(data))) Directory.Delete(FileNames.IncomingOf(data), recursive: true);
    }

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();

    // From here on nobody takes it for one that nobody needs.
    private async Task MarkAsync(string hash, CancellationToken stop)
    {
        await _gate.WaitAsync(stop);
        var now = clock.GetUtcNow();
        foreach (var old in _recent.Where(known => now - known.Value >= Grace).Select(known => known.Key).ToList()) _recent.Remove(old);
        _recent[hash] = now;
        _gate.Release();
    }

    private static async Task<Outcome<KeptFile>> WriteAsync(Stream content, string temporary, FileTerms terms, byte[]? key, CancellationToken stop)
    {
        using var seal = key is null ? null : new ContentSeal(key);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = Create(temporary);
        var (segment, size, type, isLast) = (new byte[ContentSeal.Segment], 0L, (MediaType?)null, false);
        for (var index = 0L; !isLast; index++)
        {
            var filled = await content.ReadAtLeastAsync(segment, segment.Length, throwOnEndOfStream: false, stop);
            (isLast, size) = (filled < segment.Length, size + filled);
            if (index == 0)
            {
                if (filled == 0) return Refusal.OfField("file", "FileEmpty");
                type = MediaType.Of(segment.AsSpan(0, Math.Min(filled, MediaType.HeadLength)));
                if (type is null || !terms.Allowed.Contains(type)) return NotTaken(segment.AsSpan(0, Math.Min(filled, MediaType.HeadLength)), type, terms);
            }

            if (size > terms.Most) return TooLarge(size, terms);
            var bytes = seal is null ? segment.AsMemory(0, filled) : seal.Seal(index, segment.AsSpan(0, filled), isLast);
            hash.AppendData(bytes.Span);
            await TryAsync(file, disk => disk.WriteAsync(bytes, stop));
        }

        await TryAsync(file, disk =>
        {
            disk.Flush(flushToDisk: true);
            return ValueTask.CompletedTask;
        });
        return new KeptFile(Convert.ToHexStringLower(hash.GetHashAndReset()), size, type!);
    }

    private static Refusal NotTaken(ReadOnlySpan<byte> head, MediaType? type, FileTerms terms) => Refusal.OfField("file", "FileTypeRefused") with
    {
        Measured = FactValue.Text(type?.Name ?? Convert.ToHexString(head)),
        Limit = FactValue.Text(string.Join(", ", terms.Allowed.Select(allowed => allowed.Ending.ToUpperInvariant()))),
    };

    private string Incoming()
    {
        try
        {
            return BackupFiles.MakeFolder(FileNames.IncomingOf(data));
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            throw new FileShelfException(away.Message, away);
        }
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new FileStream(path, options);
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            throw new FileShelfException(away.Message, away);
        }
    }

    // A full disk is the store's fault, a broken connection is not.
    private static async Task TryAsync(FileStream file, Func<FileStream, ValueTask> write)
    {
        try
        {
            await write(file);
        }
        catch (IOException full)
        {
            throw new FileShelfException(full.Message, full);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Evidence files cannot be reached or take nothing: {Said}")]
    private partial void LogAway(string said);

    [LoggerMessage(Level = LogLevel.Error, Message = "The evidence file {Hash} is missing")]
    private partial void LogMissing(string hash);

    [LoggerMessage(Level = LogLevel.Error, Message = "The evidence file {Hash} was changed: its bytes have the hash {Found}")]
    private partial void LogChanged(string hash, string found);
}
