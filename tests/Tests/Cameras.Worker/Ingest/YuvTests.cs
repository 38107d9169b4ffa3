using Anlan.Cameras.Worker.Ingest;

namespace Anlan.Tests.Cameras.Worker.Ingest;

/// <summary>Colours out of video pictures.</summary>
public sealed class YuvTests
{
    [Theory]
    [InlineData(16, 128, 128, 0, 0, 0)]
    [InlineData(235, 128, 128, 255, 255, 255)]
    [InlineData(81, 90, 240, 255, 0, 0)]
    [InlineData(145, 54, 34, 0, 255, 0)]
    [InlineData(41, 240, 110, 0, 0, 255)]
    [InlineData(255, 255, 255, 255, 126, 255)]
    [InlineData(0, 0, 0, 0, 135, 0)]
    public void Colours_of_the_standard_come_out_right(byte luma, byte blue, byte red, int r, int g, int b)
    {
        using var picture = Filled(luma, blue, red);
        var (rgb, rgba, whole) = (new byte[Picture.HalfWidth * Picture.HalfHeight * 3], new byte[Picture.HalfWidth * Picture.HalfHeight * 4], new byte[Picture.Width * Picture.Height * 4]);

        Yuv.ToHalfRgb(picture, rgb);
        Yuv.ToHalfRgba(picture, rgba);
        Yuv.ToRgba(picture, whole);

        foreach (var (colour, expected) in rgb[^3..].Zip([r, g, b])) Assert.InRange(colour, expected - 3, expected + 3);
        Assert.Equal(rgb[^3..], rgba[^4..^1]);
        Assert.Equal(rgb[^3..], whole[^4..^1]);
        Assert.Equal(byte.MaxValue, whole[^1]);
    }

    [Fact]
    public void A_pixel_of_the_half_picture_is_the_mean_of_its_four()
    {
        using var picture = Filled(16, 128, 128);
        int[] four = [2 * 7, (2 * 7) + 1];
        foreach (var x in four) foreach (var y in four) picture.Content[(y * Picture.Width) + x] = (byte)(16 + (x * y));
        var rgb = new byte[Picture.HalfWidth * Picture.HalfHeight * 3];

        Yuv.ToHalfRgb(picture, rgb);

        var mean = ((14 * 14) + (2 * 14 * 15) + (15 * 15)) / 4;
        Assert.InRange(rgb[((7 * Picture.HalfWidth) + 7) * 3], (int)(mean * 1.164) - 2, (int)(mean * 1.164) + 2);
        Assert.Equal(3, rgb.Count(value => value != 0));
    }

    [Fact]
    public void A_picture_of_another_size_keeps_what_it_shows_where_it_was()
    {
        using var picture = Filled(16, 128, 128);
        for (var y = 0; y < Picture.Height / 2; y++) picture.Content.AsSpan(y * Picture.Width, Picture.Width / 2).Fill(235);
        var rgb = new byte[416 * 256 * 3];

        Yuv.ToRgb(picture, 416, 256, new byte[Picture.HalfWidth * Picture.HalfHeight * 3], rgb);

        Assert.Equal((255, 0, 0), (rgb[((100 * 416) + 200) * 3], rgb[((100 * 416) + 215) * 3], rgb[((140 * 416) + 200) * 3]));
    }

    private static Picture Filled(byte luma, byte blue, byte red)
    {
        var picture = Picture.Blank();
        picture.Content.AsSpan(0, Picture.Width * Picture.Height).Fill(luma);
        picture.Content.AsSpan(Picture.Width * Picture.Height, Picture.HalfWidth * Picture.HalfHeight).Fill(blue);
        picture.Content.AsSpan((Picture.Width * Picture.Height) + (Picture.HalfWidth * Picture.HalfHeight)).Fill(red);
        return picture;
    }
}
