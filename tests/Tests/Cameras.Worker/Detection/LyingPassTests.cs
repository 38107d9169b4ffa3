using Anlan.Cameras.Sight.Tracking;
using Anlan.Cameras.Worker.Detection;
using Anlan.Tests.Cameras.Worker.Models;

namespace Anlan.Tests.Cameras.Worker.Detection;

/// <summary>Who lies is found by turning the picture, and told where he lies in the upright one.</summary>
public sealed class LyingPassTests
{
    [Theory]
    [InlineData(0.2f, 0.5f, 0.4f, 0.6f)]
    [InlineData(0.7f, 0.8f, 0.95f, 0.9f)]
    [InlineData(0.02f, 0.05f, 0.2f, 0.15f)]
    public void What_is_found_in_either_turned_picture_lies_where_it_was(float left, float top, float right, float bottom)
    {
        using var finder = new RedFinder();
        var picture = RedFinder.Paint(left, top, right, bottom);

        // Both turned pictures show it: told once.
        Near(new PersonBox(left, top, right, bottom, 0), Assert.Single(new LyingPass(finder).Detect(picture, 0.35f)));

        Assert.Equal(2, finder.Found.Count);
        // Turned, what lay stands: with the proportions of the place and not of the picture.
        var real = (right - left) * 16 / 9 / (bottom - top);
        Assert.All(finder.Found, box => Assert.Equal(real, box.Height * 288 / (box.Width * 512), 0.35f));
    }

    [Fact]
    public void A_part_of_the_picture_is_seen_larger()
    {
        using var finder = new RedFinder();
        var picture = RedFinder.Paint(0.5f, 0.5f, 0.6f, 0.55f);
        var pass = new LyingPass(finder);

        pass.Detect(picture, 0.35f);
        var whole = finder.Found.Max(box => box.Height);
        var found = Assert.Single(pass.Detect(picture, 0.35f, new PersonBox(0.4f, 0.35f, 0.7f, 0.7f, 1)));

        Near(new PersonBox(0.5f, 0.5f, 0.6f, 0.55f, 0), found);
        Assert.True(finder.Found.Max(box => box.Height) > 2 * whole);
    }

    [Fact]
    public void Beside_the_part_nothing_is_looked_for()
    {
        using var finder = new RedFinder();

        Assert.Empty(new LyingPass(finder).Detect(RedFinder.Paint(0.8f, 0.5f, 0.9f, 0.55f), 0.35f, new PersonBox(0.1f, 0.1f, 0.5f, 0.9f, 1)));
        Assert.Empty(new LyingPass(finder).Detect(RedFinder.Paint(0.8f, 0.5f, 0.9f, 0.55f), 0.35f, new PersonBox(1.2f, 0.1f, 1.5f, 0.9f, 1)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_real_model_misses_somebody_who_lies_and_the_turned_pass_finds_him(bool headIsLeft)
    {
        using var detector = DetectorFactory.Make(new DetectorOptions { Packages = KnownModels.Folder });
        var frame = VisionClips.FrameAt("one-by-one-person-detection.mp4", 33, detector.Size);
        var upright = Assert.Single(detector.Detect(frame, 0.35f));
        var lying = TurnedPerson(frame, upright, headIsLeft, out var place);

        Assert.DoesNotContain(detector.Detect(lying, 0.35f), box => PersonBox.Overlap(box, place) > 0.4f);
        Assert.Contains(new LyingPass(detector).Detect(lying, 0.35f, new PersonBox(0.1f, 0, 0.9f, 1, 1)), box => PersonBox.Overlap(box, place) > 0.4f);
    }

    // The part of the picture around a person, laid on its side in the middle of a grey one.
    private static byte[] TurnedPerson(byte[] frame, PersonBox person, bool headIsLeft, out PersonBox place)
    {
        const int width = 512, height = 288;
        var (centre, side) = ((int)((person.Left + person.Right) / 2 * width), height / 2);
        var from = Math.Clamp(centre - side, 0, width - height);
        var turned = new byte[frame.Length];
        turned.AsSpan().Fill(114);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < height; x++)
            {
                var (toX, toY) = headIsLeft ? (y, height - 1 - x) : (height - 1 - y, x);
                frame.AsSpan(((y * width) + from + x) * 3, 3).CopyTo(turned.AsSpan(((toY * width) + ((width - height) / 2) + toX) * 3));
            }
        }

        var (left, right) = (((person.Left * width) - from) / height, ((person.Right * width) - from) / height);
        var (start, end) = headIsLeft ? (person.Top, person.Bottom) : (1 - person.Bottom, 1 - person.Top);
        var margin = (width - height) / 2f / width;
        place = new PersonBox(margin + (start * height / width), headIsLeft ? 1 - right : left, margin + (end * height / width), headIsLeft ? 1 - left : right, 1).Cut();
        return turned;
    }

    private static void Near(in PersonBox expected, in PersonBox found)
    {
        Assert.Equal(expected.Left, found.Left, 0.02f);
        Assert.Equal(expected.Top, found.Top, 0.02f);
        Assert.Equal(expected.Right, found.Right, 0.02f);
        Assert.Equal(expected.Bottom, found.Bottom, 0.02f);
    }

    /// <summary>Finds what is red, in the left and in the right half of a picture.</summary>
    private sealed class RedFinder : IPersonDetector
    {
        public string Model => "red";

        public string Hash => "";

        public (int Width, int Height) Size => (512, 288);

        public List<PersonBox> Found { get; } = [];

        public static byte[] Paint(float left, float top, float right, float bottom)
        {
            var picture = new byte[3 * 512 * 288];
            for (var y = (int)(top * 288); y < (int)(bottom * 288); y++)
            {
                for (var x = (int)(left * 512); x < (int)(right * 512); x++) picture[((y * 512) + x) * 3] = 255;
            }

            return picture;
        }

        public IReadOnlyList<PersonBox> Detect(ReadOnlySpan<byte> picture, float least)
        {
            Found.Clear();
            for (var half = 0; half < 512; half += 256)
            {
                var (left, top, right, bottom) = (512, 288, -1, -1);
                for (var y = 0; y < 288; y++)
                {
                    for (var x = half; x < half + 256; x++)
                    {
                        if (picture[((y * 512) + x) * 3] < 200) continue;
                        (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
                    }
                }

                if (right >= 0) Found.Add(new PersonBox(left / 512f, top / 288f, (right + 1) / 512f, (bottom + 1) / 288f, 0.8f));
            }

            return [.. Found];
        }

        public void Dispose()
        {
        }
    }
}
