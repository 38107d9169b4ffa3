using System.Diagnostics;

namespace Anlan.Benchmarks.Interlock;

/// <summary>A mosquitto of the bench's own, without limits and without a disk; never the system's.</summary>
internal sealed class MosquittoProcess : IDisposable
{
    private readonly Process _process;

    private MosquittoProcess(Process process, int port) => (_process, Port) = (process, port);

    /// <summary>Its port.</summary>
    public int Port { get; }

    /// <summary>Processor time that the broker has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it.</summary>
    public static MosquittoProcess Start(string folder)
    {
        var port = Ports.Free(1)[0];
        var config = Path.Combine(folder, "mosquitto.conf");
        File.WriteAllText(config, $"""
            listener {port} 127.0.0.1
            allow_anonymous true
            persistence false
            max_inflight_messages 0
            max_queued_messages 0
            set_tcp_nodelay true
            log_dest none

            """);
        string[] places = ["/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto"];
        var program = places.FirstOrDefault(File.Exists) ?? throw new FileNotFoundException("mosquitto is missing: apt-get install mosquitto.");
        var process = Process.Start(new ProcessStartInfo(program) { ArgumentList = { "-c", config } }) ?? throw new InvalidOperationException("mosquitto did not start.");
        return new MosquittoProcess(process, port);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
