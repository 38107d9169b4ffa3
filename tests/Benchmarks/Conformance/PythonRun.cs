using System.Diagnostics;

namespace Anlan.Benchmarks.Conformance;

/// <summary>Runs a script of a suite with the system's Python.</summary>
internal static class PythonRun
{
    /// <summary>Exit code and everything it said; what takes too long is ended with all that it started.</summary>
    public static async Task<(int Code, string Said)> RunAsync(string folder, IEnumerable<string> arguments, TimeSpan most, CancellationToken stop)
    {
        var start = new ProcessStartInfo("/usr/bin/python3") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONUNBUFFERED"] = "1";
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("python3 did not start.");
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(most);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, string.Concat(await said));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return (-1, string.Concat(await said) + $"Not finished after {most.TotalSeconds:0} s.");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
