using System.Security.Cryptography;
using System.Text.Json;

namespace Anlan.Tests.Cameras.Worker.Models;

/// <summary>What TensorFlow.js itself yields for a picture at some places, as reference.mjs wrote it down once.</summary>
internal sealed record ReferenceNumbers(string Kind, int Width, int Height, string? Source, IReadOnlyList<ReferencePoint> Points)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static ReferenceNumbers Read(string name) =>
        JsonSerializer.Deserialize<ReferenceNumbers>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Cameras.Worker", "Models", "Examples", $"{name}.json")), Options)!;

    /// <summary>The picture of these numbers.</summary>
    public byte[] Picture()
    {
        if (Source is null) return SyntheticPicture(Width, Height);
        var frame = VisionClips.FrameAt("one-by-one-person-detection.mp4", 10);
        // Another version of ffmpeg may turn colours into other numbers; then these are numbers of another picture.
        if (Convert.ToHexStringLower(SHA256.HashData(frame.Rgb)) != Source) Assert.Skip("This ffmpeg yields another frame than the one for which the reference numbers were made.");
        return Scaled(frame.Rgb, frame.Width, frame.Height, Width, Height);
    }

    // The same rule as in reference.mjs.
    private static byte[] SyntheticPicture(int width, int height)
    {
        var bytes = new byte[width * height * 3];
        for (var (y, at) = (0, 0); y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var c = 0; c < 3; c++) bytes[at++] = (byte)((x * 7) + (y * 13) + (c * 29) + (((x * y) >> 4) * 3));
            }
        }

        return bytes;
    }

    /// <summary>The nearest pixel above and to the left, so that no library's scaling matters.</summary>
    public static byte[] Scaled(byte[] source, int fromWidth, int fromHeight, int width, int height)
    {
        var bytes = new byte[width * height * 3];
        for (var (y, at) = (0, 0); y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var c = 0; c < 3; c++) bytes[at++] = source[((((y * fromHeight / height) * fromWidth) + (x * fromWidth / width)) * 3) + c];
            }
        }

        return bytes;
    }
}

/// <summary>Numbers of one place.</summary>
internal sealed record ReferencePoint(int X, int Y, IReadOnlyList<float> Values);
