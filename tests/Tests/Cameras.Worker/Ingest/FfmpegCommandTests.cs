using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Worker.Ingest;

namespace Anlan.Tests.Cameras.Worker.Ingest;

/// <summary>How ffmpeg is called: what everybody can read holds no secret.</summary>
public sealed class FfmpegCommandTests
{
    private static readonly ReaderOptions Options = new() { Reach = AddressReach.OwnMachine };

    [Theory]
    [InlineData("rtsp://admin:geheim@cam.example/live")]
    [InlineData("http://admin:geheim@cam.example/video.cgi?pwd=geheim")]
    [InlineData("https://admin:geheim@cam.example/a.m3u8")]
    public void The_address_is_read_from_a_script_and_is_no_argument(string text)
    {
        var command = FfmpegCommand.For(Address(text), "8.8.8.8", Options, "/data/1-%06d.mkv");

        Assert.DoesNotContain(command.Arguments, argument => argument.Contains("geheim", StringComparison.Ordinal) || argument.Contains("cam.example", StringComparison.Ordinal));
        Assert.Contains("file '" + text.Replace("cam.example", "8.8.8.8", StringComparison.Ordinal) + "'\n", command.Script, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_cannot_end_the_line_of_the_script_in_which_it_stands()
    {
        var command = FfmpegCommand.For(Address("http://cam.example/a'b"), machine: null, Options, segments: null);

        Assert.Contains(@"file 'http://cam.example/a'\''b'" + "\n", command.Script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rtsp://cam.example/live", "rtsp_transport tcp", false)]
    [InlineData("http://cam.example/video.cgi", "use_wallclock_as_timestamps 1", false)]
    [InlineData("http://cam.example/a.m3u8?x=1", "rw_timeout", true)]
    public void Each_kind_of_camera_is_read_in_its_way(string text, string option, bool isPaced)
    {
        var command = FfmpegCommand.For(Address(text), machine: null, Options, segments: null);

        Assert.Contains(option, command.Script, StringComparison.Ordinal);
        Assert.Equal(isPaced, command.Arguments.Contains("-re"));
        Assert.DoesNotContain("file", command.Arguments[command.Arguments.ToList().IndexOf("-protocol_whitelist") + 1].Split(','));
    }

    [Fact]
    public void A_file_is_played_like_a_camera_or_as_fast_as_it_goes()
    {
        var camera = FfmpegCommand.For(Address("file:///clips/a.mp4"), machine: null, Options, segments: null);
        var file = FfmpegCommand.For(Address("file:///clips/a.mp4"), machine: null, Options with { FilesAsCameras = false }, segments: null);

        Assert.Null(camera.Script);
        Assert.Contains("-stream_loop", camera.Arguments);
        Assert.DoesNotContain("-re", file.Arguments);
        Assert.DoesNotContain("-stream_loop", file.Arguments);
    }

    private static CameraAddress Address(string text) => CameraAddress.Parse(text, AddressReach.OwnMachine, out _)!;
}
