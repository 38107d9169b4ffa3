using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Worker.Ingest;

namespace Anlan.Tests.Cameras.Worker.Ingest;

/// <summary>Reading a real RTSP server with the real ffmpeg. Waits have no end of their own: what never happens is ended by the test's own time limit.</summary>
public sealed class FfmpegReaderTests : IDisposable
{
    private const int Patience = 60_000;
    private static readonly ReaderOptions Options = new() { Reach = AddressReach.OwnMachine, PictureWithin = TimeSpan.FromSeconds(1.5), FirstPictureWithin = TimeSpan.FromSeconds(10) };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("anlan-reader-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact(Timeout = Patience)]
    public async Task Pictures_of_an_rtsp_camera_come_with_rising_times_and_nothing_of_its_address_can_be_seen_by_others()
    {
        await using var camera = await RtspCamera.StartAsync(_folder.FullName);
        await using var reading = Reading.Begin(camera.Address, Options);

        var (first, _) = await reading.NextAsync(TestContext.Current.CancellationToken);
        var (second, bright) = await reading.NextAsync(TestContext.Current.CancellationToken);

        Assert.True(second >= first);
        Assert.InRange(bright, 17, 234);
        Assert.Null(reading.Reader.Fault);
        Assert.DoesNotContain(OwnChildren(), line => line.Contains("geheim", StringComparison.Ordinal) || line.Contains($":{camera.Port}", StringComparison.Ordinal));
        Assert.Contains(OwnChildren(), line => line.StartsWith("ffmpeg", StringComparison.Ordinal));
    }

    [Fact(Timeout = Patience)]
    public async Task A_camera_that_goes_is_read_again_when_it_is_back_and_the_fault_names_no_address()
    {
        await using var camera = await RtspCamera.StartAsync(_folder.FullName);
        await using var reading = Reading.Begin(camera.Address, Options);
        await reading.NextAsync(TestContext.Current.CancellationToken);

        await camera.EndAsync();
        while (reading.Reader.Restarts < 2) await Task.Delay(50, TestContext.Current.CancellationToken);
        var fault = reading.Reader.Fault;
        await camera.BeginAsync();
        reading.Forget();
        await reading.NextAsync(TestContext.Current.CancellationToken);

        Assert.NotNull(fault);
        Assert.DoesNotContain("geheim", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", fault, StringComparison.Ordinal);
        Assert.Null(reading.Reader.Fault);
    }

    [Fact(Timeout = Patience)]
    public async Task A_camera_that_hangs_with_its_line_open_is_noticed_and_begun_anew()
    {
        await using var camera = await RtspCamera.StartAsync(_folder.FullName);
        await using var reading = Reading.Begin(camera.Address, Options);
        await reading.NextAsync(TestContext.Current.CancellationToken);

        await camera.FreezeAsync();
        while (reading.Reader.Restarts < 1) await Task.Delay(50, TestContext.Current.CancellationToken);
        var fault = reading.Reader.Fault;
        await camera.ThawAsync();
        reading.Forget();
        await reading.NextAsync(TestContext.Current.CancellationToken);

        Assert.Equal("no picture for 2 s", fault);
    }

    [Theory(Timeout = Patience)]
    [InlineData("rtsp://viewer:geheim@127.0.0.1:9/cam", AddressReach.OwnNetwork, "the address leads to this very machine")]
    [InlineData("rtsp://viewer:geheim@10.11.12.13:9/cam", AddressReach.Outside, "the address leads into this machine's own network, which is not allowed for this camera")]
    [InlineData("file:///etc/hostname", AddressReach.OwnNetwork, "only rtsp, rtsps, http and https are read here")]
    [InlineData("rtsp://viewer:geheim@no-such-camera.invalid/cam", AddressReach.OwnMachine, "the name of the camera's machine is not known here")]
    public async Task An_address_that_must_not_be_read_is_not_and_says_why(string address, AddressReach reach, string expected)
    {
        await using var reading = Reading.Begin(address, Options, reach, _folder.FullName);

        while (reading.Reader.Restarts < 1) await Task.Delay(20, TestContext.Current.CancellationToken);

        Assert.Equal(expected, reading.Reader.Fault);
        Assert.DoesNotContain(OwnChildren(), line => line.Contains(_folder.FullName, StringComparison.Ordinal));
    }

    [Fact(Timeout = Patience)]
    public async Task The_pieces_for_clips_are_written_beside_the_pictures()
    {
        var clip = await VisionClips.AsCameraAsync(_folder.FullName, seconds: 10);
        var pieces = Path.Combine(_folder.FullName, "pieces");
        await using var reading = Reading.Begin("file://" + clip, Options, segments: pieces);

        while (!Directory.Exists(pieces) || Directory.GetFiles(pieces, "*.mkv").Length < 2) await reading.NextAsync(TestContext.Current.CancellationToken);

        Assert.All(Directory.GetFiles(pieces), path => Assert.EndsWith(".mkv", path, StringComparison.Ordinal));
    }

    [Theory(Timeout = Patience)]
    [InlineData("/proc/nowhere", "exec ffmpeg \"$@\"")]
    [InlineData("pieces", "case \"$*\" in *segment*) echo '[segment @ 0x1] No space left on device' >&2; exit 1;; esac; exec ffmpeg \"$@\"")]
    public async Task Where_no_video_can_be_kept_the_camera_is_read_without(string pieces, string script)
    {
        var clip = await VisionClips.AsCameraAsync(_folder.FullName, seconds: 10);
        var program = Path.Combine(_folder.FullName, "program");
        await File.WriteAllTextAsync(program, "#!/bin/sh\n" + script + "\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await using var reading = Reading.Begin("file://" + clip, Options with { Program = program }, segments: Path.Combine(_folder.FullName, pieces));

        await reading.NextAsync(TestContext.Current.CancellationToken);
        Assert.Null(reading.Reader.Fault);
    }

    // Command lines of the programs that this process started.
    private static List<string> OwnChildren()
    {
        var own = new List<string>();
        foreach (var folder in Directory.GetDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            try
            {
                var parent = File.ReadAllText(Path.Combine(folder, "stat")).Split(") ")[^1].Split(' ')[1];
                var line = Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder, "cmdline"))).Replace('\0', ' ');
                if (int.Parse(parent, CultureInfo.InvariantCulture) == Environment.ProcessId && line.StartsWith("ffmpeg -hide_banner", StringComparison.Ordinal)) own.Add(line);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                continue;
            }
        }

        return own;
    }

    private sealed class Reading : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Channel<(DateTimeOffset At, double Bright)> _pictures = Channel.CreateUnbounded<(DateTimeOffset, double)>();
        private readonly Task _running;

        private Reading(FfmpegReader reader)
        {
            Reader = reader;
            _running = reader.RunAsync(Take, _stop.Token);
        }

        public FfmpegReader Reader { get; }

        public static Reading Begin(string address, ReaderOptions options, AddressReach reach = AddressReach.OwnMachine, string? segments = null) =>
            new(new FfmpegReader(address, reach, options, new Picture.PicturePool(), segments, TimeProvider.System));

        public async Task<(DateTimeOffset At, double Bright)> NextAsync(CancellationToken stop) => await _pictures.Reader.ReadAsync(stop);

        public void Forget()
        {
            while (_pictures.Reader.TryRead(out _)) continue;
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running.ContinueWith(_ => { }, TaskScheduler.Default);
            _stop.Dispose();
        }

        private void Take(Picture picture)
        {
            var sum = 0L;
            foreach (var value in picture.Luma) sum += value;
            _pictures.Writer.TryWrite((picture.TakenAt, (double)sum / picture.Luma.Length));
            picture.Dispose();
        }
    }
}
