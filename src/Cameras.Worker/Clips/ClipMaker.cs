using System.Diagnostics;
using Anlan.Cameras.Sight.Zones;
using Microsoft.Extensions.Logging;

namespace Anlan.Cameras.Worker.Clips;

/// <summary>Joins pieces of video to a clip that every browser plays: MP4 with H.264, copied where the camera sends that. One at a time, so that the models keep the machine.</summary>
internal sealed partial class ClipMaker(string program, string folder, ILogger log) : IDisposable
{
    private const string Nice = "/usr/bin/nice";
    private const int BlurredRate = 10;
    private const int BlurredWidth = 960;
    private const int BlurredHeight = 540;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The file of a clip, or null when none could be made.</summary>
    public async Task<string?> MakeAsync(Guid happened, IReadOnlyList<Segment> pieces, CancellationToken stop)
    {
        if (pieces.Count == 0) return null;
        await _turn.WaitAsync(stop);
        Directory.CreateDirectory(folder);
        var (list, clip) = (Path.Combine(folder, $"{happened:N}.txt"), Path.Combine(folder, $"{happened:N}.mp4"));
        try
        {
            await File.WriteAllLinesAsync(list, [.. pieces.Select(piece => $"file '{Path.GetFullPath(piece.Path).Replace("'", @"'\''", StringComparison.Ordinal)}'")], stop);
            // Copying fails for codecs that MP4 does not take, and browsers play no H.265: then it is coded anew.
            IReadOnlyList<string> codec = await CodecAsync(pieces[0].Path, stop) == "h264" ? ["-c", "copy"] : ["-vf", "scale=trunc(min(1280\\,iw)/2)*2:-2", "-c:v", "libx264", "-preset", "veryfast", "-crf", "26", "-pix_fmt", "yuv420p"];
            var (code, said) = await RunAsync(program, ["-hide_banner", "-nostdin", "-v", "error", "-y", "-f", "concat", "-safe", "0", "-i", list, "-map", "0:v:0", .. codec, "-movflags", "+faststart", "-f", "mp4", clip], stop);
            if (code == 0 && new FileInfo(clip) is { Exists: true, Length: > 0 }) return clip;
            LogFailed(log, happened, code, said);
            File.Delete(clip);
            return null;
        }
        finally
        {
            File.Delete(list);
            _turn.Release();
        }
    }

    /// <summary>The same clip with the top third of everybody blurred, in ten smaller pictures a second; null when none could be made.</summary>
    public async Task<string?> BlurAsync(Guid happened, string clip, DateTimeOffset begin, IReadOnlyList<RecordedPicture> people, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        var blurred = Path.Combine(folder, $"{happened:N}.blurred.mp4");
        try
        {
            string[] reading = ["-hide_banner", "-nostdin", "-v", "error", "-i", clip, "-map", "0:v:0", "-vf", $"fps={BlurredRate},scale={BlurredWidth}:{BlurredHeight}", "-pix_fmt", "yuv420p", "-f", "rawvideo", "pipe:1"];
            string[] writing = ["-hide_banner", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", $"{BlurredWidth}x{BlurredHeight}", "-r", $"{BlurredRate}", "-i", "pipe:0", "-c:v", "libx264", "-preset", "veryfast", "-crf", "26", "-movflags", "+faststart", "-f", "mp4", blurred];
            using var reader = Process.Start(Starting(reading, isInput: false))!;
            using var writer = Process.Start(Starting(writing, isInput: true))!;
            using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
            late.CancelAfter(Longest);
            try
            {
                await PassAsync(reader.StandardOutput.BaseStream, writer.StandardInput.BaseStream, begin, people, late.Token);
                writer.StandardInput.Close();
                await writer.WaitForExitAsync(late.Token);
                await reader.WaitForExitAsync(late.Token);
            }
            catch (Exception broken) when (broken is OperationCanceledException or IOException)
            {
                if (!reader.HasExited) reader.Kill(entireProcessTree: true);
                if (!writer.HasExited) writer.Kill(entireProcessTree: true);
                stop.ThrowIfCancellationRequested();
            }

            if (writer is { HasExited: true, ExitCode: 0 } && new FileInfo(blurred) is { Exists: true, Length: > 0 }) return blurred;
            LogNotBlurred(log, happened);
            File.Delete(blurred);
            return null;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static async Task PassAsync(Stream reader, Stream writer, DateTimeOffset begin, IReadOnlyList<RecordedPicture> people, CancellationToken stop)
    {
        var frame = new byte[BlurredWidth * BlurredHeight * 3 / 2];
        for (var i = 0; await reader.ReadAtLeastAsync(frame, frame.Length, throwOnEndOfStream: false, stop) == frame.Length; i++)
        {
            ClipBlur.Apply(frame, BlurredWidth, BlurredHeight, begin + TimeSpan.FromSeconds((double)i / BlurredRate), people);
            await writer.WriteAsync(frame, stop);
        }
    }

    private ProcessStartInfo Starting(IReadOnlyList<string> arguments, bool isInput)
    {
        var start = new ProcessStartInfo(File.Exists(Nice) ? Nice : program) { UseShellExecute = false, RedirectStandardInput = isInput, RedirectStandardOutput = !isInput };
        if (start.FileName == Nice) foreach (var argument in (string[])["-n", "10", program]) start.ArgumentList.Add(argument);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return start;
    }

    // What ffmpeg says of a file begins with its streams, also where there is no ffprobe.
    private async Task<string> CodecAsync(string piece, CancellationToken stop)
    {
        var (_, said) = await RunAsync(program, ["-hide_banner", "-nostdin", "-i", piece], stop);
        var begin = said.IndexOf("Video: ", StringComparison.Ordinal);
        return begin < 0 ? "" : said[(begin + 7)..].Split(' ', ',')[0];
    }

    private static async Task<(int Code, string Said)> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var start = new ProcessStartInfo(File.Exists(Nice) ? Nice : program) { UseShellExecute = false, RedirectStandardError = true };
        if (start.FileName == Nice) foreach (var argument in (string[])["-n", "10", program]) start.ArgumentList.Add(argument);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(Longest);
        try
        {
            var said = await process.StandardError.ReadToEndAsync(late.Token);
            await process.WaitForExitAsync(late.Token);
            return (process.ExitCode, said);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            stop.ThrowIfCancellationRequested();
            return (-1, "it took too long");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No blurred clip of event {Happened} could be made: it cannot be exported")]
    private static partial void LogNotBlurred(ILogger logger, Guid happened);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No clip of event {Happened}: ffmpeg ended with {Code} and said: {Said}")]
    private static partial void LogFailed(ILogger logger, Guid happened, int code, string said);
}
