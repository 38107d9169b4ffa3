using System.Buffers;

namespace Anlan.Toolkit.Files;

/// <summary>The place of files cannot be reached or takes nothing: full, away, or not allowed. Nothing half-written is there.</summary>
public sealed class FileShelfException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Where files lie, by their hash. What is there is whole and is never written again.</summary>
public interface IFileShelf
{
    /// <summary>Puts a whole file there for good; false when there is one of that name already.</summary>
    /// <param name="temporary">Path of the file; it may be moved away.</param>
    /// <param name="hash">Its name.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="FileShelfException">Nothing was put there.</exception>
    Task<bool> PutAsync(string temporary, string hash, CancellationToken stop);

    /// <summary>Opens a file as it lies there, unchecked, from its beginning; null when there is none. The stream can seek.</summary>
    /// <exception cref="FileShelfException">The place cannot be reached.</exception>
    Task<Stream?> OpenAsync(string hash, CancellationToken stop);

    /// <summary>Removes a file, if it is there.</summary>
    /// <exception cref="FileShelfException">The place cannot be reached.</exception>
    Task RemoveAsync(string hash, CancellationToken stop);

    /// <summary>All files with the moment at which they were put there, in no order.</summary>
    /// <exception cref="FileShelfException">The place cannot be reached.</exception>
    IAsyncEnumerable<(string Hash, DateTimeOffset At)> AllAsync(CancellationToken stop);
}

/// <summary>How a file is called where it lies.</summary>
internal static class FileNames
{
    /// <summary>End of the name of a file that is still being written; no backup and no list takes it.</summary>
    public const string Unfinished = ".new";

    private const int HashLength = 64;
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary><c>aa/bb/hash</c>: no folder grows too long.</summary>
    public static string PathOf(string hash) => $"{hash[..2]}/{hash[2..4]}/{hash}";

    /// <summary>The hash that a path names, or null when it is no file of ours.</summary>
    public static string? HashIn(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.Length == HashLength && !name.AsSpan().ContainsAnyExcept(Digits) && path == PathOf(name) ? name : null;
    }

    /// <summary>Where files are written until they are whole; on the disk of the local files, so that moving is one step.</summary>
    public static string IncomingOf(Data.DataFolder data) => Path.Combine(data.Files, "incoming");
}
