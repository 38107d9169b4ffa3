using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;

namespace Anlan.Cameras.Worker.Clips;

/// <summary>A part of a picture in pixels.</summary>
internal readonly record struct BlurArea(int Left, int Top, int Width, int Height);

/// <summary>Makes the top third of everybody unrecognisable in every picture of a clip.</summary>
internal static class ClipBlur
{
    /// <summary>Dots that are left of a part.</summary>
    public const int DotsAcross = 4;

    /// <summary>Dots that are left of a part.</summary>
    public const int DotsDown = 3;

    /// <summary>Whoever was seen no longer than this before or after a picture is blurred in it: pieces of video begin a little earlier or later than their files say.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromSeconds(1.2);

    private const double Third = 1.0 / 3;
    private const double Margin = 0.15;

    /// <summary>Where a person's top third is, with some room around it.</summary>
    public static BlurArea AreaOf(SeenPerson person, int width, int height)
    {
        var (across, down) = ((person.Right - person.Left) * Margin, (person.Bottom - person.Top) * Margin);
        var (left, right) = (Pixel(person.Left - across, width), Pixel(person.Right + across, width));
        var (top, bottom) = (Pixel(person.Top - down, height), Pixel(person.Top + ((person.Bottom - person.Top) * Third), height));
        return new BlurArea(left, top, right - left, bottom - top);
    }

    /// <summary>Blurs everybody who was seen about that time.</summary>
    /// <param name="frame">YUV 4:2:0, one plane after the other.</param>
    /// <param name="width">Even.</param>
    /// <param name="height">Even.</param>
    /// <param name="at">When the picture was taken.</param>
    /// <param name="people">Who was seen when.</param>
    public static void Apply(Span<byte> frame, int width, int height, DateTimeOffset at, IReadOnlyList<RecordedPicture> people)
    {
        var (luma, chroma) = (width * height, width / 2 * (height / 2));
        foreach (var person in people.Where(picture => (picture.At - at).Duration() <= Reach).SelectMany(picture => picture.People))
        {
            Blur(frame[..luma], width, AreaOf(person, width, height));
            Blur(frame.Slice(luma, chroma), width / 2, AreaOf(person, width / 2, height / 2));
            Blur(frame.Slice(luma + chroma, chroma), width / 2, AreaOf(person, width / 2, height / 2));
        }
    }

    private static void Blur(Span<byte> plane, int width, BlurArea area)
    {
        for (var row = 0; row < DotsDown; row++)
        {
            for (var column = 0; column < DotsAcross; column++)
            {
                var (left, right) = (area.Left + (column * area.Width / DotsAcross), area.Left + ((column + 1) * area.Width / DotsAcross));
                var (top, bottom) = (area.Top + (row * area.Height / DotsDown), area.Top + ((row + 1) * area.Height / DotsDown));
                if (right > left && bottom > top) Level(plane, width, left, top, right, bottom);
            }
        }
    }

    private static void Level(Span<byte> plane, int width, int left, int top, int right, int bottom)
    {
        long sum = 0;
        for (var y = top; y < bottom; y++)
        {
            foreach (var value in plane.Slice((y * width) + left, right - left)) sum += value;
        }

        var mean = (byte)(sum / ((right - left) * (long)(bottom - top)));
        for (var y = top; y < bottom; y++) plane.Slice((y * width) + left, right - left).Fill(mean);
    }

    private static int Pixel(double part, int size) => (int)Math.Round(Math.Clamp(part, 0, 1) * size);
}
