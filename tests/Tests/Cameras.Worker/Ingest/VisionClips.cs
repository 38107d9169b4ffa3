using System.Diagnostics;

namespace Anlan.Tests.Cameras.Worker.Ingest;

/// <summary>The clips that lie beside the repository in <c>../shared/vision</c>; a test that needs one is skipped, and says so, where they are absent.</summary>
internal static class VisionClips
{
    public const string People = "one-by-one-person-detection.mp4";
    public const string Cars = "car-detection.mp4";

    /// <summary>Path of a file of that folder.</summary>
    public static string Find(string name)
    {
        var path = Environment.GetEnvironmentVariable("ANLAN_VISION") is { Length: > 0 } folder ? Path.Combine(folder, name) : Above().Select(above => Path.Combine(above, "shared", "vision", name)).FirstOrDefault(File.Exists);
        if (path is null || !File.Exists(path)) Assert.Skip($"The folder ../shared/vision beside the repository, or the one that ANLAN_VISION names, does not hold {name}.");
        return path;
    }

    /// <summary>Runs ffmpeg to its end; skips the test where it is absent.</summary>
    public static async Task FfmpegAsync(params string[] arguments)
    {
        if (!File.Exists("/usr/bin/ffmpeg")) Assert.Skip("ffmpeg is absent: apt-get install --no-install-recommends ffmpeg");
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/ffmpeg", ["-nostdin", "-v", "error", "-y", .. arguments]) { UseShellExecute = false, RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, said);
    }

    /// <summary>A part of the clip with people as a camera would send it: H.264, a whole picture each second.</summary>
    public static async Task<string> AsCameraAsync(string folder, int seconds = 60, int from = 0)
    {
        var path = Path.Combine(folder, "camera.mkv");
        await FfmpegAsync("-ss", $"{from}", "-t", $"{seconds}", "-i", Find(People), "-an", "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", "10", path);
        return path;
    }

    private static IEnumerable<string> Above()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent) yield return folder.FullName;
    }
}
