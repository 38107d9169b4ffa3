using System.Collections.Concurrent;
using System.Diagnostics;

namespace Anlan.EndToEnd.Running;

/// <summary>A program of ours as a separate process; its output is kept for the evidence.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly SemaphoreSlim _said = new(0);

    private RunningProgram(Process process) => _process = process;

    /// <summary>True once it ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>What it wrote so far.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Starts a program.</summary>
    public static RunningProgram Start(string project, params IEnumerable<string> arguments) => StartThrough([], project, arguments);

    /// <summary>Starts a program by way of another one, which becomes it.</summary>
    /// <param name="through">The other one with its arguments; none = directly.</param>
    /// <param name="project">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static RunningProgram StartThrough(IReadOnlyList<string> through, string project, params IEnumerable<string> arguments)
    {
        string[] words = [.. through, Checkout.Program(project), .. arguments];
        var start = new ProcessStartInfo(words[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in words.Skip(1)) start.ArgumentList.Add(argument);
        var running = new RunningProgram(new Process { StartInfo = start });
        running._process.OutputDataReceived += (_, line) => running.Keep(line.Data);
        running._process.ErrorDataReceived += (_, line) => running.Keep(line.Data);
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Runs a program to its end; fails when it says that it failed.</summary>
    public static async Task<string> RunToEndAsync(string project, params string[] arguments)
    {
        var (code, output) = await RunAsync(project, arguments);
        Assert.True(code == 0, $"{project} {arguments[0]} ended with {code}:\n{output}");
        return output;
    }

    /// <summary>Runs a program to its end; answers its exit code and what it wrote.</summary>
    public static Task<(int Code, string Output)> RunAsync(string project, params string[] arguments) => RunThroughAsync([], project, arguments);

    /// <summary>The same, by way of another program.</summary>
    public static async Task<(int Code, string Output)> RunThroughAsync(IReadOnlyList<string> through, string project, params string[] arguments)
    {
        await using var running = StartThrough(through, project, arguments);
        using var most = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await running._process.WaitForExitAsync(most.Token);
        return (running._process.ExitCode, running.Output);
    }

    /// <summary>Waits until it wrote so many more lines; fails when it takes minutes.</summary>
    public async Task UntilItSaysAsync(int lines)
    {
        using var most = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        for (var heard = 0; heard < lines; heard++) await _said.WaitAsync(most.Token);
    }

    /// <summary>Ends it at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        _said.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        _lines.Enqueue(line);
        _said.Release();
    }
}
