using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Worker.Ingest;

namespace Anlan.Tests.Cameras.Worker.Ingest;

/// <summary>Pictures for tests: painted ones, and those of the clips.</summary>
internal static class Pictures
{
    public static Picture Of(Func<int, int, int> luma)
    {
        var picture = Picture.Blank();
        for (var y = 0; y < Picture.Height; y++)
        {
            for (var x = 0; x < Picture.Width; x++) picture.Content[(y * Picture.Width) + x] = (byte)Math.Clamp(luma(x, y), 0, 255);
        }

        picture.Content.AsSpan(Picture.Width * Picture.Height).Fill(128);
        return picture;
    }

    /// <summary>Another picture made from this one, pixel by pixel; its colours stay.</summary>
    public static Picture With(this Picture picture, Func<int, int, int> luma)
    {
        var other = Of(luma);
        picture.Content.AsSpan(Picture.Width * Picture.Height).CopyTo(other.Content.AsSpan(Picture.Width * Picture.Height));
        return other;
    }

    /// <summary>Brightness at a place; beyond the edge that of the edge.</summary>
    public static int At(this Picture picture, int x, int y) => picture.Content[(Math.Clamp(y, 0, Picture.Height - 1) * Picture.Width) + Math.Clamp(x, 0, Picture.Width - 1)];

    /// <summary>The first pictures of a clip, five for each second of it.</summary>
    public static async Task<List<Picture>> OfClipAsync(string name, int count)
    {
        var address = CameraAddress.Parse("file://" + VisionClips.Find(name), AddressReach.OwnMachine, out _)!;
        var pictures = new List<Picture>();
        using var child = FfmpegChild.Start("ffmpeg", FfmpegCommand.For(address, machine: null, new ReaderOptions { FilesAsCameras = false }, segments: null), stream =>
        {
            while (pictures.Count < count)
            {
                var picture = Picture.Blank();
                if (stream.ReadAtLeast(picture.Content, Picture.Bytes, throwOnEndOfStream: false) < Picture.Bytes) return;
                pictures.Add(picture);
            }
        });
        await child.Ended;
        Assert.True(pictures.Count == count, child.Said);
        return pictures;
    }
}
