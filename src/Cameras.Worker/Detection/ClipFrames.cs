using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Anlan.Cameras.Worker.Detection;

/// <summary>Frames of a film, as fast as they can be had. For measuring: cameras are read under supervision, which films need not be.</summary>
internal static class ClipFrames
{
    /// <summary>Second and picture (RGB) of each frame.</summary>
    /// <param name="path">The film.</param>
    /// <param name="size">Width and height to which its pictures are stretched.</param>
    /// <param name="rate">Frames of a second.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="InvalidOperationException">ffmpeg cannot read the film.</exception>
    public static async IAsyncEnumerable<(double Seconds, byte[] Rgb)> ReadAsync(string path, (int Width, int Height) size, double rate, [EnumeratorCancellation] CancellationToken stop)
    {
        var filter = string.Create(CultureInfo.InvariantCulture, $"fps={rate},scale={size.Width}:{size.Height}:flags=bilinear");
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-nostdin", "-v", "error", "-threads", "1", "-i", path, "-an", "-sn", "-vf", filter, "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1"]) { UseShellExecute = false, RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("ffmpeg did not start.");
        try
        {
            var length = 3 * size.Width * size.Height;
            for (var number = 0; ; number++)
            {
                var frame = new byte[length];
                if (await ffmpeg.StandardOutput.BaseStream.ReadAtLeastAsync(frame, length, throwOnEndOfStream: false, stop) < length) break;
                yield return (number / rate, frame);
            }

            await ffmpeg.WaitForExitAsync(stop);
            if (ffmpeg.ExitCode != 0) throw new InvalidOperationException($"ffmpeg could not read the film: exit code {ffmpeg.ExitCode}.");
        }
        finally
        {
            if (!ffmpeg.HasExited) ffmpeg.Kill();
        }
    }
}
