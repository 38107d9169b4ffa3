using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;

namespace Anlan.Benchmarks;

/// <summary>The built server as a process of its own, on free ports.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const long HeapCollect = 0x800000;
    private readonly Process _process;
    private readonly HttpClient _http;
    private bool _isDisposed;

    private HostProcess(Process process, int httpPort, int mqttPort)
    {
        (_process, HttpPort, MqttPort) = (process, httpPort, mqttPort);
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{httpPort}"), Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>Port of pages and API.</summary>
    public int HttpPort { get; }

    /// <summary>Port of the broker.</summary>
    public int MqttPort { get; }

    /// <summary>Processor time that the server has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Memory that is resident now.</summary>
    public double ResidentMegabytes => MegabytesOf(_process.Id);

    /// <summary>Files and sockets that the server has open.</summary>
    public int OpenFiles => Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length;

    /// <summary>True once it ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Threads that the server has.</summary>
    public int Threads => (int)StatusOf(_process.Id, "Threads:");

    /// <summary>Starts the server on a data folder.</summary>
    public static HostProcess Start(string data, params IEnumerable<string> settings)
    {
        var ports = Ports.Free(2);
        return Start(data, ports[0], ports[1], settings);
    }

    /// <summary>Starts the server on a data folder and ports of one's own choice.</summary>
    public static HostProcess Start(string data, int httpPort, int mqttPort, params IEnumerable<string> settings)
    {
        var start = new ProcessStartInfo(Program())
        {
            ArgumentList = { $"--Anlan:Data={data}", $"--Anlan:HttpPort={httpPort}", $"--Anlan:MqttPort={mqttPort}", "--Logging:LogLevel:Default=Warning" },
            RedirectStandardOutput = true,
        };
        foreach (var setting in settings) start.ArgumentList.Add(setting);
        var process = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return new HostProcess(process, httpPort, mqttPort);
    }

    /// <summary>Waits until the server says that it is ready.</summary>
    public Task UntilReadyAsync(TimeSpan most, CancellationToken stop) => Waiting.UntilAsync(
        async () =>
        {
            if (_process.HasExited) throw new InvalidOperationException($"The server ended with code {_process.ExitCode}.");
            try
            {
                using var answer = await _http.GetAsync(new Uri("/health/ready", UriKind.Relative), stop);
                return answer.IsSuccessStatusCode;
            }
            catch (Exception away) when (away is HttpRequestException || (away is TaskCanceledException && !stop.IsCancellationRequested))
            {
                // The door is not open yet, or nobody answers there so early.
                return false;
            }
        },
        most, "the server is ready", TimeSpan.FromMilliseconds(10), stop: stop);

    /// <summary>Ends it at once, as a power cut would (SIGKILL).</summary>
    public void Kill() => _process.Kill();

    /// <summary>Holds it still: it is there and does nothing (SIGSTOP).</summary>
    public void Hang() => Signal("STOP");

    /// <summary>Lets it go on (SIGCONT).</summary>
    public void GoOn() => Signal("CONT");

    /// <summary>Asks it to stop (SIGTERM).</summary>
    public void AskToStop() => Signal("TERM");

    /// <summary>Waits until it ended.</summary>
    public Task UntilEndedAsync(CancellationToken stop) => _process.WaitForExitAsync(stop);

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Bytes that the server has allocated so far; null when its metrics are not open to this machine.</summary>
    public async Task<double?> AllocatedBytesAsync(CancellationToken stop) => (await FiguresAsync(stop)).OrNull("dotnet_gc_heap_total_allocated_bytes_total");

    /// <summary>The figures that Prometheus would read; none when they are not open to this machine.</summary>
    public async Task<Figures> FiguresAsync(CancellationToken stop)
    {
        using var answer = await _http.GetAsync(new Uri("/metrics", UriKind.Relative), stop);
        // Whoever may not read them is shown where to sign in.
        return new Figures(await answer.Content.ReadAsStringAsync(stop));
    }

    /// <summary>What is alive in the managed heap after a full collection, which this causes: a session of the runtime's events that asks for the heap's begins with one.</summary>
    public async Task<double> LiveMegabytesAsync(CancellationToken stop)
    {
        var before = await CollectionsAsync();
        var client = new DiagnosticsClient(_process.Id);
        using (var events = await client.StartEventPipeSessionAsync(new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, HeapCollect), requestRundown: false, circularBufferMB: 1, stop))
        {
            var read = events.EventStream.CopyToAsync(Stream.Null, stop);
            await Waiting.UntilAsync(async () => await CollectionsAsync() != before, TimeSpan.FromSeconds(30), "the server collects its memory", TimeSpan.FromMilliseconds(500), stop: stop);
            await events.StopAsync(stop);
            await read;
        }

        var figures = await FiguresAsync(stop);
        return (figures.Of("dotnet_gc_last_collection_heap_size_bytes") - figures.Of("dotnet_gc_last_collection_heap_fragmentation_size_bytes")) / (1024 * 1024);

        async Task<double> CollectionsAsync() => (await FiguresAsync(stop)).OrNull("dotnet_gc_collections_total", "gc_heap_generation=\"gen2\"") ?? 0;
    }

    /// <summary>Resident memory of a process, from <c>/proc</c>.</summary>
    public static double MegabytesOf(int process) => StatusOf(process, "VmRSS:") / 1024;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _http.Dispose();
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static double StatusOf(int process, string word)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(text => text.StartsWith(word, StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>The built server: artifacts/bin/Benchmarks/&lt;configuration&gt;/ lies beside artifacts/bin/Host/&lt;configuration&gt;/.</summary>
    public static string Program()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var host = Path.Combine(here.Parent!.Parent!.FullName, "Host", here.Name, "Anlan.Host");
        return File.Exists(host) ? host : throw new FileNotFoundException("Build the server first: ./anlan bench does.", host);
    }
}
