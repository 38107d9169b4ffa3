using System.Diagnostics;
using System.Globalization;

namespace Anlan.Benchmarks.Failover;

/// <summary>A Redis of one's own without a disk; never the system's.</summary>
internal sealed class RedisProcess : IDisposable
{
    private readonly Process _process;

    private RedisProcess(Process process, int port) => (_process, Address) = (process, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"));

    /// <summary>Where it is.</summary>
    public string Address { get; }

    public static RedisProcess Start()
    {
        var port = Ports.Free(1)[0];
        var start = new ProcessStartInfo("redis-server") { ArgumentList = { "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no" }, RedirectStandardOutput = true };
        return new RedisProcess(Silent.Start(start, "redis-server"), port);
    }

    /// <inheritdoc />
    public void Dispose() => Silent.End(_process);
}

/// <summary>Programs whose output nobody needs.</summary>
internal static class Silent
{
    /// <summary>Starts one.</summary>
    /// <exception cref="FileNotFoundException">It is not installed.</exception>
    public static Process Start(ProcessStartInfo start, string package)
    {
        try
        {
            var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            return process;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new FileNotFoundException($"{start.FileName} is missing: apt-get install {package}.", start.FileName, missing);
        }
    }

    /// <summary>Ends it.</summary>
    public static void End(Process process)
    {
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
