using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Anlan.Tests.Cameras.Worker.Ingest;

/// <summary>A real RTSP server with one camera, in a process of its own that can be stopped, frozen and begun again.</summary>
internal sealed class RtspCamera : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3";
    private readonly string _clip;
    private readonly string _script;
    private Process? _process;

    private RtspCamera(string clip, string script)
    {
        (_clip, _script) = (clip, script);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"rtsp://viewer:geheim@127.0.0.1:{Port}/cam");

    /// <summary>Starts one; skips the test where what it needs is absent.</summary>
    public static async Task<RtspCamera> StartAsync(string folder, int seconds = 60)
    {
        var script = VisionClips.Find("rtsp_test_server.py");
        if (!File.Exists(Python)) Assert.Skip($"{Python} is absent.");
        using var check = Process.Start(new ProcessStartInfo(Python, ["-c", "import gi; gi.require_version('GstRtspServer','1.0')"]) { UseShellExecute = false, RedirectStandardError = true })!;
        await check.WaitForExitAsync();
        if (check.ExitCode != 0) Assert.Skip("The RTSP server needs: apt-get install --no-install-recommends python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-rtsp");
        var camera = new RtspCamera(await VisionClips.AsCameraAsync(folder, seconds), script);
        await camera.BeginAsync();
        return camera;
    }

    public async Task BeginAsync()
    {
        _process = Process.Start(new ProcessStartInfo(Python, [_script, Port.ToString(CultureInfo.InvariantCulture), _clip]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        Assert.Equal("ready", await _process.StandardOutput.ReadLineAsync());
    }

    public async Task EndAsync()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>As a camera that hangs: its connections stay open and nothing comes.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ThawAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync() => await EndAsync();

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start(new ProcessStartInfo("/bin/kill", [$"-{signal}", _process!.Id.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false })!;
        await kill.WaitForExitAsync();
    }
}
