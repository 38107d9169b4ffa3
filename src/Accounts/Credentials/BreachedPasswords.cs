using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Anlan.Toolkit.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;

namespace Anlan.Accounts.Credentials;

/// <summary>
/// Looks a password up in the file of stolen ones that Have I Been Pwned publishes: lines <c>SHA-1:count</c> in ascending order, 40 GB of them, so that it is
/// searched where it lies and never loaded. No password leaves the machine.
/// </summary>
internal sealed partial class BreachedPasswords(IOptions<AccountsOptions> options, ILogger<BreachedPasswords> logger) : IStartUpStep, IDisposable
{
    private const int HashLength = 40;

    // A count has at most ten digits; the line ends with one or two more bytes.
    private const int LongestLine = HashLength + 1 + 20 + 2;
    private const int Samples = 64;
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789ABCDEFabcdef"u8);
    private SafeFileHandle? _file;
    private long _length;

    /// <summary>Opens the file and looks at its first, last and 64 other lines; a missing or wrong file keeps the doors closed.</summary>
    /// <exception cref="InvalidDataException">The file is missing or not such a list.</exception>
    public Task RunAsync(AnlanDb db, CancellationToken stop)
    {
        Open();
        return Task.CompletedTask;
    }

    /// <summary>See <see cref="RunAsync"/>.</summary>
    public void Open()
    {
        if (options.Value.BreachedPasswords is not { Length: > 0 } path) return;
        try
        {
            _file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"Anlan:Accounts:BreachedPasswords: {path} cannot be read: {unreadable.Message} Name the file of sorted lines SHA-1:count, or leave the setting empty.", unreadable);
        }

        _length = RandomAccess.GetLength(_file);
        if (_length == 0) throw Malformed(0, "it is empty");
        var before = "";
        for (var sample = 0; sample <= Samples; sample++)
        {
            var line = LineAround(_length * sample / Samples);
            if (string.CompareOrdinal(before, line.Hash) > 0) throw Malformed(line.From, "the hashes are not in ascending order");
            before = line.Hash;
        }

        LogOpened(path, _length);
    }

    /// <summary>True when the password is in the list; false too when no list is configured.</summary>
    public bool Contains(string password)
    {
        if (_file is null) return false;
        // The list's own format; nothing is protected by this hash.
#pragma warning disable CA5350
        var wanted = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
        var (from, to) = (0L, _length);
        while (from < to)
        {
            var line = LineAround(from + ((to - from) / 2));
            var order = string.CompareOrdinal(wanted, line.Hash);
            if (order == 0) return true;
            if (order < 0) to = line.From;
            else from = line.To;
        }

        return false;
    }

    /// <inheritdoc />
    public void Dispose() => _file?.Dispose();

    // The line in which a byte of the file lies: from its first byte to the first of the next one.
    private (string Hash, long From, long To) LineAround(long at)
    {
        at = Math.Min(at, _length - 1);
        var start = Math.Max(0, at - LongestLine);
        Span<byte> window = stackalloc byte[LongestLine * 2];
        var read = 0;
        for (int got; read < window.Length && (got = RandomAccess.Read(_file!, window[read..], start + read)) > 0; read += got)
        {
        }

        window = window[..read];
        var offset = (int)(at - start);
        // The line break belongs to the line that it ends.
        var from = window[..offset].LastIndexOf((byte)'\n') + 1;
        if (from == 0 && start > 0) throw Malformed(start, "a line is longer than a hash and a count");
        var end = window[from..].IndexOf((byte)'\n');
        if (end < 0 && start + read < _length) throw Malformed(start + from, "a line is longer than a hash and a count");
        var line = window.Slice(from, end < 0 ? window.Length - from : end).TrimEnd((byte)'\r');
        if (line.Length < HashLength || (line.Length > HashLength && line[HashLength] != ':') || line[..HashLength].ContainsAnyExcept(HexDigits)) throw Malformed(start + from, "a line is no SHA-1:count");
        return (Encoding.ASCII.GetString(line[..HashLength]).ToUpperInvariant(), start + from, end < 0 ? _length : start + from + end + 1);
    }

    private InvalidDataException Malformed(long at, string what) =>
        new($"Anlan:Accounts:BreachedPasswords: {options.Value.BreachedPasswords} is not a list of sorted lines SHA-1:count: {what} (byte {at}). Take the file that is ordered by hash.");

    [LoggerMessage(Level = LogLevel.Information, Message = "Stolen passwords are looked up in {File}, {Bytes} bytes")]
    private partial void LogOpened(string file, long bytes);
}
