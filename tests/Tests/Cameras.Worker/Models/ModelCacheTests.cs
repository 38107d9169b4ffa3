using Anlan.Cameras.Worker.Models;

namespace Anlan.Tests.Cameras.Worker.Models;

/// <summary>A converted model is kept, and only used when it is whole.</summary>
public sealed class ModelCacheTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("anlan-cache-");
    private int _made;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_was_made_once_is_kept_for_the_next_start()
    {
        Assert.Equal([1, 2, 3], Get("a"));
        Assert.Equal([1, 2, 3], Get("a"));

        Assert.Equal(1, _made);
        Assert.Single(Files);
    }

    [Fact]
    public void Of_something_else_something_else_is_made()
    {
        Get("a");
        Get("b");

        Assert.Equal((2, 2), (_made, Files.Length));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(34)]
    public void A_damaged_file_is_made_anew(int length)
    {
        Get("a");
        var path = Assert.Single(Files);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);

        Assert.Equal([1, 2, 3], Get("a"));
        Assert.Equal([1, 2, 3], Get("a"));

        Assert.Equal(2, _made);
    }

    [Fact]
    public void A_changed_file_is_made_anew()
    {
        Get("a");
        var path = Assert.Single(Files);
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Equal([1, 2, 3], Get("a"));
        Assert.Equal(2, _made);
    }

    [Fact]
    public void Where_nothing_can_be_written_it_is_made_each_time()
    {
        var file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");

        foreach (var folder in new[] { null, Path.Combine(file, "below") }) Assert.Equal([1, 2, 3], new ModelCache(folder).Get("a", Make));

        Assert.Equal(2, _made);
    }

    [Fact]
    public void A_folder_that_is_not_there_yet_is_made()
    {
        var cache = new ModelCache(Path.Combine(_folder.FullName, "new", "one"));

        cache.Get("a", Make);
        cache.Get("a", Make);

        Assert.Equal(1, _made);
    }

    private string[] Files => Directory.GetFiles(_folder.FullName);

    private byte[] Get(string from) => new ModelCache(_folder.FullName).Get(from, Make);

    private byte[] Make()
    {
        _made++;
        return [1, 2, 3];
    }
}
