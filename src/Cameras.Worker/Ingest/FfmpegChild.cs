using System.ComponentModel;
using System.Diagnostics;

namespace Anlan.Cameras.Worker.Ingest;

/// <summary>
/// One run of ffmpeg. A thread of its own starts it and reads from it: the system is told to end the child when the thread that started it ends (kill -9 of the worker included), and threads of
/// the pool end when they like.
/// </summary>
internal sealed class FfmpegChild : IDisposable
{
    private const int MostWords = 4000;
    private const string Setpriv = "/usr/bin/setpriv";
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _turn = new();
    private readonly FfmpegCommand _command;
    private readonly Action<Stream> _read;
    private readonly string _program;
    private readonly StringWriter _said = new();
    private Process? _process;
    private bool _isKilled;

    private FfmpegChild(string program, FfmpegCommand command, Action<Stream> read)
    {
        _program = program;
        _command = command;
        _read = read;
    }

    /// <summary>Done when it has ended and all was read; never faulted.</summary>
    public Task Ended => _ended.Task;

    /// <summary>What it said, address and all: only for <see cref="Scrubber"/>.</summary>
    public string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="command">How it is called.</param>
    /// <param name="read">Reads what it writes, to the end; runs on the child's own thread.</param>
    public static FfmpegChild Start(string program, FfmpegCommand command, Action<Stream> read)
    {
        var child = new FfmpegChild(program, command, read);
        new Thread(child.Run) { IsBackground = true, Name = "camera" }.Start();
        return child;
    }

    /// <summary>Ends it at once; what it holds is lost, as it should be: it hangs.</summary>
    public void Kill()
    {
        lock (_turn)
        {
            _isKilled = true;
            try
            {
                _process?.Kill();
            }
            catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
            {
                // It has ended by itself in between.
                _ = gone;
            }
        }
    }

    public void Dispose() => Kill();

    private void Run()
    {
        try
        {
            using var process = new Process { StartInfo = StartInfo() };
            process.ErrorDataReceived += (_, line) => Hear(line.Data);
            lock (_turn)
            {
                if (_isKilled) return;
                process.Start();
                _process = process;
            }

            process.BeginErrorReadLine();
            if (_command.Script is { } script) process.StandardInput.Write(script);
            process.StandardInput.Close();
            _read(process.StandardOutput.BaseStream);
            Kill();
            process.WaitForExit();
            lock (_turn) _process = null;
        }
        catch (Exception broken)
        {
            // Nobody above this thread would catch it: one camera's trouble would end all of them.
            Hear(broken.Message);
        }
        finally
        {
            Kill();
            lock (_turn) _process = null;
            _ended.TrySetResult();
        }
    }

    private ProcessStartInfo StartInfo()
    {
        // setpriv belongs to every Debian (util-linux); elsewhere the child ends when it next writes and nobody reads.
        var start = new ProcessStartInfo { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        IReadOnlyList<string> before = File.Exists(Setpriv) ? [Setpriv, "--pdeathsig", "KILL", "--", _program] : [_program];
        start.FileName = before[0];
        foreach (var argument in before.Skip(1).Concat(_command.Arguments)) start.ArgumentList.Add(argument);
        return start;
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (_said)
        {
            if (_said.GetStringBuilder().Length < MostWords) _said.WriteLine(line);
        }
    }
}
