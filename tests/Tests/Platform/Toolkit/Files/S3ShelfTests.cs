using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Files;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests.Platform.Toolkit.Files;

/// <summary>Files in a bucket, over real HTTP with signatures that the other side checks.</summary>
public sealed class S3ShelfTests : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("anlan-s3-").FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero));
    private readonly Diary _diary = new();
    private PretendS3 _server = null!;
    private S3Shelf _shelf = null!;
    private FileStore _store = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await PretendS3.StartAsync();
        (_shelf, _store) = Open(PretendS3.SecretKey);
    }

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        _shelf.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task A_content_is_one_object_by_its_hash_and_comes_back_as_it_was()
    {
        var picture = SomeFiles.Png();

        var kept = (await KeepAsync(_store, picture)).Value;
        Assert.True((await KeepAsync(_store, picture)).IsDone);

        Assert.Equal(FileNames.PathOf(kept.Hash), Assert.Single(_server.Objects.Keys));
        Assert.Equal(picture, _server.Objects.Values.Single());
        Assert.Single(_server.Requests, request => request.StartsWith("PUT", StringComparison.Ordinal));
        Assert.Equal(picture, await ReadAsync(kept.Hash));
        Assert.Empty(SomeFiles.Below(_root));
    }

    [Fact]
    public async Task An_object_that_was_changed_is_refused_and_never_replaced()
    {
        var kept = (await KeepAsync(_store, SomeFiles.Png())).Value;
        _server.Objects[FileNames.PathOf(kept.Hash)] = SomeFiles.Png(dice: 2);

        Assert.Equal("FileChanged", Assert.Single((await _store.OpenAsync(kept.Hash, null, Stop)).Refusals).Code);
        Assert.Equal("FileChanged", Assert.Single((await KeepAsync(_store, SomeFiles.Png())).Refusals).Code);
        Assert.Equal(SomeFiles.Png(dice: 2), _server.Objects.Values.Single());
    }

    [Fact]
    public async Task Whoever_comes_second_at_the_same_moment_replaces_nothing()
    {
        var path = Path.Combine(_root, "picture");
        await File.WriteAllBytesAsync(path, SomeFiles.Png(), Stop);
        var hash = new string('a', 64);

        var put = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _shelf.PutAsync(path, hash, Stop)));

        Assert.Single(put, isNew => isNew);
        File.Delete(path);
    }

    [Fact]
    public async Task All_objects_are_listed_over_several_pages_and_foreign_ones_are_left_alone()
    {
        var hashes = new List<string>();
        for (var dice = 1; dice <= 5; dice++) hashes.Add((await KeepAsync(_store, SomeFiles.Png(dice: dice))).Value.Hash);
        _server.Objects["readme.txt"] = [1];

        var listed = new List<(string Hash, DateTimeOffset At)>();
        await foreach (var one in _shelf.AllAsync(Stop)) listed.Add(one);

        Assert.Equal(hashes.Order(StringComparer.Ordinal), listed.Select(one => one.Hash));
        Assert.All(listed, one => Assert.Equal(_server.Now, one.At));
        await _shelf.RemoveAsync(hashes[0], Stop);
        Assert.Equal("FileMissing", Assert.Single((await _store.OpenAsync(hashes[0], null, Stop)).Refusals).Code);
        Assert.Equal(5, _server.Objects.Count);
    }

    [Fact]
    public async Task A_wrong_secret_and_a_server_that_is_away_are_told_without_the_secret()
    {
        var (shelf, store) = Open("another-secret");
        Assert.Equal("FilesAway", Assert.Single((await KeepAsync(store, SomeFiles.Png())).Refusals).Code);
        store.Dispose();
        shelf.Dispose();

        _server.IsFailing = true;
        Assert.Equal("FilesAway", Assert.Single((await KeepAsync(_store, SomeFiles.Png())).Refusals).Code);
        Assert.Equal("FilesAway", Assert.Single((await _store.OpenAsync(new string('a', 64), null, Stop)).Refusals).Code);

        Assert.Empty(_server.Objects);
        Assert.Empty(SomeFiles.Below(_root));
        Assert.Equal(3, _diary.Lines.Count);
        Assert.DoesNotContain(_diary.Lines, line => line.Contains("secret", StringComparison.OrdinalIgnoreCase));
    }

    private (S3Shelf Shelf, FileStore Store) Open(string secret)
    {
        var data = new DataFolder(_root);
        var shelf = new S3Shelf(new S3Options { Endpoint = _server.Address, Bucket = PretendS3.Bucket, Region = PretendS3.Region, AccessKey = PretendS3.AccessKey, SecretKey = secret }, data);
        return (shelf, new FileStore(shelf, data, _clock, _diary));
    }

    private static Task<Outcome<KeptFile>> KeepAsync(FileStore store, byte[] content) => store.KeepAsync(new MemoryStream(content), SomeFiles.Pictures, null, Stop);

    private async Task<byte[]> ReadAsync(string hash)
    {
        await using var opened = (await _store.OpenAsync(hash, null, Stop)).Value;
        using var memory = new MemoryStream();
        await opened.CopyToAsync(memory, Stop);
        return memory.ToArray();
    }

    private sealed class Diary : ILogger<FileStore>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception) + exception);
    }
}
