using System.Security.Cryptography;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Files;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests.Platform.Toolkit.Files;

/// <summary>A file is there whole under the hash of its bytes, or not at all.</summary>
public sealed class FileStoreTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("anlan-files-").FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero));
    private readonly DataFolder _data;
    private readonly LocalShelf _shelf;
    private readonly FileStore _store;

    public FileStoreTests()
    {
        _data = new DataFolder(_root);
        _shelf = new LocalShelf(_data, _clock);
        _store = new FileStore(_shelf, _data, _clock, NullLogger<FileStore>.Instance);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(100)]
    [InlineData(65_536)]
    [InlineData(131_072)]
    [InlineData(200_001)]
    public async Task A_content_lies_under_the_hash_of_its_bytes_and_comes_back_as_it_was(int length)
    {
        var picture = SomeFiles.Png(length);

        var kept = await KeepAsync(picture);

        var hash = Convert.ToHexStringLower(SHA256.HashData(picture));
        Assert.Equal((hash, (long)length, "image/png"), (kept.Value.Hash, kept.Value.Size, kept.Value.Type.Name));
        Assert.Equal([Path.Combine(hash[..2], hash[2..4], hash)], SomeFiles.Below(_data.Files));
        Assert.Equal(picture, await ReadAsync(hash));
    }

    [Fact]
    public async Task The_same_content_is_one_file_and_the_owners_alone()
    {
        var first = await KeepAsync(SomeFiles.Png());
        var path = Path.Combine(_data.Files, Assert.Single(SomeFiles.Below(_data.Files)));
        var (written, mode) = (File.GetLastWriteTimeUtc(path), OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(path));
        _clock.Advance(TimeSpan.FromHours(1));

        var second = await KeepAsync(SomeFiles.Png());

        Assert.Equal(first.Value.Hash, second.Value.Hash);
        Assert.Single(SomeFiles.Below(_data.Files));
        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }

    [Fact]
    public async Task Many_at_once_with_one_content_leave_one_file()
    {
        var kept = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => KeepAsync(SomeFiles.Png())));

        Assert.All(kept, one => Assert.True(one.IsDone));
        Assert.Single(SomeFiles.Below(_data.Files));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(70_000)]
    public async Task A_sender_that_breaks_off_leaves_nothing(int after)
    {
        await Assert.ThrowsAsync<IOException>(() => _store.KeepAsync(new BrokenStream(SomeFiles.Png(), after), SomeFiles.Pictures, null, Stop));

        Assert.Empty(SomeFiles.Below(_data.Files));
    }

    [Fact]
    public async Task Somebody_who_gives_up_leaves_nothing()
    {
        using var gone = new CancellationTokenSource();
        var sender = new BrokenStream(SomeFiles.Png(), 70_000, gone.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _store.KeepAsync(sender, SomeFiles.Pictures, null, gone.Token));

        Assert.Empty(SomeFiles.Below(_data.Files));
    }

    [Fact]
    public async Task While_a_file_is_written_nobody_sees_it_and_what_a_dead_process_left_goes_at_the_next_start()
    {
        var sender = new HeldStream(SomeFiles.Png());
        var writing = _store.KeepAsync(sender, SomeFiles.Pictures, null, Stop);
        await sender.Held;

        Assert.Single(SomeFiles.Below(_data.Files));
        Assert.Empty(await AllAsync());
        sender.Release();
        Assert.True((await writing).IsDone);

        // As a process that was killed there leaves it.
        var half = Path.Combine(_data.Files, "incoming", "half" + FileNames.Unfinished);
        await File.WriteAllBytesAsync(half, SomeFiles.Png(), Stop);
        FileStore.ClearIncoming(_data);
        Assert.Equal(await AllAsync(), SomeFiles.Below(_data.Files).Select(path => Path.GetFileName(path)));
        Assert.Single(await AllAsync());
    }

    [Fact]
    public async Task What_is_too_large_is_refused_with_its_bound_before_all_of_it_is_read()
    {
        var sender = new BrokenStream(SomeFiles.Png(5_000_000), 3_000_000);

        var refused = Refused(await _store.KeepAsync(sender, SomeFiles.Pictures, null, Stop), "FileTooLarge");

        Assert.Equal("1 MB", refused.Limit!.Value);
        Assert.Empty(SomeFiles.Below(_data.Files));
        Assert.Equal("file", refused.Field);
    }

    [Fact]
    public async Task A_kind_is_told_by_what_a_content_is()
    {
        var script = "<script>alert(1)</script>"u8.ToArray();

        Assert.Equal("3C7363726970743E", Refused(await KeepAsync(script), "FileTypeRefused").Measured!.Value);
        var document = Refused(await KeepAsync(SomeFiles.Pdf()), "FileTypeRefused");
        Assert.Equal(("application/pdf", "JPG, PNG"), (document.Measured!.Value, document.Limit!.Value));
        Refused(await KeepAsync([]), "FileEmpty");
        Assert.Empty(SomeFiles.Below(_data.Files));
    }

    [Fact]
    public async Task A_file_that_was_changed_is_not_read_and_not_relied_on()
    {
        var kept = (await KeepAsync(SomeFiles.Png())).Value;
        var path = Path.Combine(_data.Files, FileNames.PathOf(kept.Hash));
        var bytes = await File.ReadAllBytesAsync(path, Stop);
        bytes[150_000] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Stop);

        Assert.Equal(kept.Hash, Refused(await _store.OpenAsync(kept.Hash, null, Stop), "FileChanged").Limit!.Value);
        // Keeping the right content again neither mends it in silence nor says that it is there.
        Refused(await KeepAsync(SomeFiles.Png()), "FileChanged");
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path, Stop));
    }

    [Fact]
    public async Task A_file_that_is_changed_while_it_is_read_is_not_taken_for_whole()
    {
        var kept = (await KeepAsync(SomeFiles.Png())).Value;
        await using var opened = (await _store.OpenAsync(kept.Hash, null, Stop)).Value;
        await using (var behind = new FileStream(Path.Combine(_data.Files, FileNames.PathOf(kept.Hash)), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            behind.Position = 150_000;
            behind.WriteByte(0);
            behind.WriteByte(1);
        }

        await Assert.ThrowsAsync<InvalidDataException>(() => opened.CopyToAsync(Stream.Null, Stop));
    }

    [Fact]
    public async Task A_missing_file_and_a_place_that_is_away_are_told()
    {
        Refused(await _store.OpenAsync(new string('a', 64), null, Stop), "FileMissing");
        await File.WriteAllTextAsync(_data.Files, "no folder", Stop);

        Refused(await KeepAsync(SomeFiles.Png()), "FilesAway");
    }

    [Theory]
    [InlineData(8)]
    [InlineData(65_536)]
    [InlineData(200_001)]
    public async Task Sealed_content_is_named_by_its_sealed_bytes_and_opens_with_its_key_only(int length)
    {
        var (picture, key) = (SomeFiles.Png(length), RandomNumberGenerator.GetBytes(ContentSeal.KeyLength));

        var kept = (await _store.KeepAsync(new MemoryStream(picture), SomeFiles.Pictures, key, Stop)).Value;

        var bytes = await File.ReadAllBytesAsync(Path.Combine(_data.Files, FileNames.PathOf(kept.Hash)), Stop);
        Assert.Equal(kept.Hash, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal(length, kept.Size);
        Assert.True(bytes.AsSpan().IndexOf(picture.AsSpan(0, 8)) < 0);
        Assert.Equal(picture, await ReadAsync(kept.Hash, key));
        await Assert.ThrowsAnyAsync<CryptographicException>(() => ReadAsync(kept.Hash, RandomNumberGenerator.GetBytes(ContentSeal.KeyLength)));
    }

    [Fact]
    public void Sealed_segments_can_neither_be_moved_nor_cut_off()
    {
        using var seal = new ContentSeal(RandomNumberGenerator.GetBytes(ContentSeal.KeyLength));
        var first = seal.Seal(0, [1, 2, 3], isLast: false);

        Assert.Equal([1, 2, 3], seal.Open(0, first, isLast: false));
        Assert.ThrowsAny<CryptographicException>(() => seal.Open(1, first, isLast: false));
        Assert.ThrowsAny<CryptographicException>(() => seal.Open(0, first, isLast: true));
        Assert.ThrowsAny<CryptographicException>(() => seal.Open(0, first.AsSpan(0, 5), isLast: false));
    }

    [Fact]
    public async Task A_file_that_is_kept_anew_at_this_moment_is_not_removed()
    {
        var kept = (await KeepAsync(SomeFiles.Png())).Value;
        var said = 0;
        Task Announce() => Task.FromResult(++said);

        Assert.False(await _store.RemoveAsync(kept.Hash, Announce, Stop));
        _clock.Advance(FileStore.Grace);
        await KeepAsync(SomeFiles.Png());
        Assert.False(await _store.RemoveAsync(kept.Hash, Announce, Stop));
        Assert.Equal(0, said);

        _clock.Advance(FileStore.Grace);
        Assert.True(await _store.RemoveAsync(kept.Hash, Announce, Stop));
        Assert.Equal(1, said);
        Assert.Empty(SomeFiles.Below(_data.Files));
    }

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private Task<Outcome<KeptFile>> KeepAsync(byte[] content) => _store.KeepAsync(new MemoryStream(content), SomeFiles.Pictures, null, Stop);

    private async Task<byte[]> ReadAsync(string hash, byte[]? key = null)
    {
        await using var opened = (await _store.OpenAsync(hash, key, Stop)).Value;
        using var memory = new MemoryStream();
        await opened.CopyToAsync(memory, Stop);
        return memory.ToArray();
    }

    private async Task<List<string>> AllAsync()
    {
        var all = new List<string>();
        await foreach (var (hash, _) in _shelf.AllAsync(Stop)) all.Add(hash);
        return all;
    }

    private static Refusal Refused(Outcome outcome, string code)
    {
        var refusal = Assert.Single(outcome.Refusals);
        Assert.Equal(code, refusal.Code);
        return refusal;
    }

    // Breaks after so many bytes: by itself, or because whoever sends gave up.
    private sealed class BrokenStream(byte[] content, int after, Action? giveUp = null) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position >= after && giveUp is null) throw new IOException("The connection broke.");
            if (Position >= after) giveUp!();
            cancellationToken.ThrowIfCancellationRequested();
            return base.ReadAsync(buffer[..Math.Min(buffer.Length, 10_000)], cancellationToken);
        }
    }

    // Stops in the middle until it is released.
    private sealed class HeldStream(byte[] content) : MemoryStream(content)
    {
        private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Held => _held.Task;

        public void Release() => _released.SetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position > 100_000)
            {
                _held.TrySetResult();
                await _released.Task;
            }

            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
