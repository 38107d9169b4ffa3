using System.Diagnostics;
using Anlan.Cameras.Worker.Clips;
using Anlan.Tests.Cameras.Worker.Ingest;
using Microsoft.Extensions.Logging.Abstractions;

namespace Anlan.Tests.Cameras.Worker.Clips;

/// <summary>Clips out of pieces of video, with the real ffmpeg.</summary>
public sealed class ClipMakerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("anlan-clips-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("libx264")]
    [InlineData("mjpeg")]
    [InlineData("libx265")]
    public async Task Pieces_of_any_codec_become_one_film_that_browsers_play(string codec)
    {
        await VisionClips.FfmpegAsync("-t", "8", "-i", VisionClips.Find(VisionClips.People), "-an", "-s", "320x180", "-pix_fmt", "yuvj420p", "-c:v", codec, "-g", "10", "-f", "segment", "-segment_format", "matroska", "-segment_time", "2", "-reset_timestamps", "1", Path.Combine(_folder.FullName, "1-%06d.mkv"));
        var ring = new SegmentRing(_folder.FullName, TimeSpan.FromDays(1), 1_000_000_000);
        using var maker = new ClipMaker("ffmpeg", Path.Combine(_folder.FullName, "clips"), NullLogger.Instance);

        var clip = await maker.MakeAsync(Guid.CreateVersion7(), ring.Pieces(), CancellationToken.None);

        var said = await ShowAsync(clip!);
        Assert.Contains("Video: h264", said, StringComparison.Ordinal);
        Assert.Matches("Duration: 00:00:0(7.[89]|8.[0-3])", said);
        var head = (await File.ReadAllBytesAsync(clip!)).AsSpan(0, 4096);
        Assert.True(head.IndexOf("moov"u8) > 0);
    }

    [Fact]
    public async Task Pieces_that_are_none_give_no_clip_and_leave_nothing_behind()
    {
        var broken = Path.Combine(_folder.FullName, "1-000000.mkv");
        await File.WriteAllTextAsync(broken, "no film");
        using var maker = new ClipMaker("ffmpeg", Path.Combine(_folder.FullName, "clips"), NullLogger.Instance);

        Assert.Null(await maker.MakeAsync(Guid.CreateVersion7(), [new Segment(broken, default, default, 7)], CancellationToken.None));
        Assert.Null(await maker.MakeAsync(Guid.CreateVersion7(), [], CancellationToken.None));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.FullName, "clips")));
    }

    [Fact]
    public void The_ring_keeps_what_is_young_and_not_too_much_and_never_the_newest_piece()
    {
        var now = new DateTimeOffset(2040, 3, 5, 1, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 10; i++)
        {
            var path = Path.Combine(_folder.FullName, $"1-00000{i}.mkv");
            File.WriteAllBytes(path, new byte[100]);
            File.SetLastWriteTimeUtc(path, now.UtcDateTime.AddSeconds(i - 10));
        }

        new SegmentRing(_folder.FullName, TimeSpan.FromSeconds(6), 10_000).Trim(now);
        Assert.Equal(["1-000004.mkv", "1-000005.mkv", "1-000006.mkv", "1-000007.mkv", "1-000008.mkv", "1-000009.mkv"], Names());

        new SegmentRing(_folder.FullName, TimeSpan.FromSeconds(6), 250).Trim(now);
        Assert.Equal(["1-000008.mkv", "1-000009.mkv"], Names());

        new SegmentRing(_folder.FullName, TimeSpan.FromSeconds(6), 10).Trim(now.AddHours(1));
        Assert.Equal(["1-000009.mkv"], Names());
    }

    private IEnumerable<string?> Names() => Directory.GetFiles(_folder.FullName).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private static async Task<string> ShowAsync(string clip)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-hide_banner", "-nostdin", "-i", clip]) { UseShellExecute = false, RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said;
    }
}
