using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Anlan.Tests.Cameras.Worker.Models;

/// <summary>Films with known truth. They are no part of the repository: tests that need them say so and are left out when they are not there.</summary>
internal static class VisionClips
{
    private const string Variable = "ANLAN_VISION_CLIPS";

    /// <summary>A clip; skips the test when it, or ffmpeg, is not here.</summary>
    public static string Find(string name)
    {
        var folders = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? [named] : Above().Select(folder => Path.Combine(folder, "shared", "vision")).ToList();
        if (folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is not { } found)
        {
            Assert.Skip($"The film {name} is not here: neither in a folder shared/vision beside the repository nor in the one that {Variable} names.");
            return "";
        }

        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "ffmpeg")))) Assert.Skip("ffmpeg is not installed.");
        return found;
    }

    /// <summary>What is known about a clip.</summary>
    public static JsonElement TruthOf(string clip)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.ChangeExtension(Find(clip), ".truth.json")));
        return document.RootElement.Clone();
    }

    /// <summary>One frame of a clip as it was filmed, RGB.</summary>
    public static (byte[] Rgb, int Width, int Height) FrameAt(string clip, double seconds)
    {
        var (path, truth) = (Find(clip), TruthOf(clip));
        var (width, height) = (truth.GetProperty("width").GetInt32(), truth.GetProperty("height").GetInt32());
        return (Read(path, seconds, ["-sws_flags", "accurate_rnd+full_chroma_int+bitexact"], width * height * 3), width, height);
    }

    /// <summary>The same, stretched to a size.</summary>
    public static byte[] FrameAt(string clip, double seconds, (int Width, int Height) size) => Read(Find(clip), seconds, ["-vf", $"scale={size.Width}:{size.Height}:flags=bilinear"], size.Width * size.Height * 3);

    private static byte[] Read(string path, double seconds, IEnumerable<string> more, int length)
    {
        string[] options = ["-nostdin", "-v", "error", "-ss", seconds.ToString(CultureInfo.InvariantCulture), "-i", path, "-frames:v", "1", .. more, "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1"];
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", options) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var frame = new byte[length];
        ffmpeg.StandardOutput.BaseStream.ReadExactly(frame);
        ffmpeg.WaitForExit();
        return frame;
    }

    private static IEnumerable<string> Above()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent) yield return folder.FullName;
    }
}
