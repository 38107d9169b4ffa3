using System.Security.Cryptography;

namespace Anlan.Toolkit.Files;

/// <summary>A file that was found to be what its name says, open for reading once.</summary>
public sealed class KeptContent : IAsyncDisposable
{
    private readonly Stream _file;
    private readonly string _hash;
    private readonly byte[]? _key;

    internal KeptContent(Stream file, string hash, byte[]? key) => (_file, _hash, _key) = (file, hash, key);

    /// <summary>Writes the content, opened if it is sealed.</summary>
    /// <exception cref="InvalidDataException">The file was changed while it was read: what was written is not the content.</exception>
    /// <exception cref="CryptographicException">The key does not open it.</exception>
    public async Task CopyToAsync(Stream target, CancellationToken stop)
    {
        using var seal = _key is null ? null : new ContentSeal(_key);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var segment = new byte[ContentSeal.Segment + (seal is null ? 0 : ContentSeal.TagLength)];
        var isLast = false;
        for (var index = 0L; !isLast; index++)
        {
            var filled = await _file.ReadAtLeastAsync(segment, segment.Length, throwOnEndOfStream: false, stop);
            isLast = filled < segment.Length;
            hash.AppendData(segment, 0, filled);
            await target.WriteAsync(seal is null ? segment.AsMemory(0, filled) : seal.Open(index, segment.AsSpan(0, filled), isLast), stop);
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != _hash) throw new InvalidDataException($"The file {_hash} was changed while it was read.");
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
