using System.Runtime.Intrinsics;

namespace Anlan.Cameras.Worker.Ingest;

/// <summary>Turns video pictures into colours (ITU-R BT.601, video range), on a processor without help of a graphics card.</summary>
internal static class Yuv
{
    // 64ths: 1.164, 1.596, 0.813, 0.391, 2.018.
    private const short Bright = 75;
    private const short RedRed = 102;
    private const short GreenRed = 52;
    private const short GreenBlue = 25;
    private const short BlueBlue = 129;

    /// <summary>The picture at half its size: each pixel's brightness is the mean of four, its colour is there already.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="rgb">Three bytes for each of 512 x 288 pixels.</param>
    public static void ToHalfRgb(Picture picture, Span<byte> rgb)
    {
        if (rgb.Length != Picture.HalfWidth * Picture.HalfHeight * 3) throw new ArgumentException("Room for 512 x 288 pixels of three bytes is needed.", nameof(rgb));
        Span<byte> planes = stackalloc byte[Picture.HalfWidth * 3];
        for (var y = 0; y < Picture.HalfHeight; y++)
        {
            HalfRow(picture, y, planes);
            var red = planes[..Picture.HalfWidth];
            var green = planes[Picture.HalfWidth..(2 * Picture.HalfWidth)];
            var blue = planes[(2 * Picture.HalfWidth)..];
            var row = rgb.Slice(y * Picture.HalfWidth * 3, Picture.HalfWidth * 3);
            for (var (x, at) = (0, 0); x < Picture.HalfWidth; x++, at += 3)
            {
                row[at] = red[x];
                row[at + 1] = green[x];
                row[at + 2] = blue[x];
            }
        }
    }

    /// <summary>The same with four bytes for each pixel, the last one 255, as images are drawn.</summary>
    public static void ToHalfRgba(Picture picture, Span<byte> rgba)
    {
        Span<byte> planes = stackalloc byte[Picture.HalfWidth * 3];
        for (var y = 0; y < Picture.HalfHeight; y++)
        {
            HalfRow(picture, y, planes);
            var row = rgba.Slice(y * Picture.HalfWidth * 4, Picture.HalfWidth * 4);
            for (var x = 0; x < Picture.HalfWidth; x++)
            {
                row[4 * x] = planes[x];
                row[(4 * x) + 1] = planes[Picture.HalfWidth + x];
                row[(4 * x) + 2] = planes[(2 * Picture.HalfWidth) + x];
                row[(4 * x) + 3] = byte.MaxValue;
            }
        }
    }

    /// <summary>The whole picture, four bytes for each of 1024 x 576 pixels; for evidence, not for every picture.</summary>
    public static void ToRgba(Picture picture, Span<byte> rgba)
    {
        var luma = picture.Luma;
        var blue = picture.Blue;
        var red = picture.Red;
        for (var y = 0; y < Picture.Height; y++)
        {
            for (var x = 0; x < Picture.Width; x++)
            {
                var (i, colour) = ((y * Picture.Width) + x, ((y / 2) * Picture.HalfWidth) + (x / 2));
                Pixel(luma[i], blue[colour], red[colour], rgba.Slice(4 * i, 4));
            }
        }
    }

    /// <summary>The picture at any size, for models of other sizes: the nearest pixels, each the mean of four of the whole picture.</summary>
    public static void ToRgb(Picture picture, int width, int height, byte[] half, Span<byte> rgb)
    {
        if ((width, height) == (Picture.HalfWidth, Picture.HalfHeight))
        {
            ToHalfRgb(picture, rgb);
            return;
        }

        ToHalfRgb(picture, half);
        Scale(half, rgb, width, height);
    }

    // Between four pixels, in 256ths.
    private static void Scale(ReadOnlySpan<byte> half, Span<byte> rgb, int width, int height)
    {
        for (var y = 0; y < height; y++)
        {
            var (top, bottom, down) = Place(y, height, Picture.HalfHeight);
            for (var x = 0; x < width; x++)
            {
                var (left, right, across) = Place(x, width, Picture.HalfWidth);
                for (var c = 0; c < 3; c++)
                {
                    var upper = (half[(((top * Picture.HalfWidth) + left) * 3) + c] * (256 - across)) + (half[(((top * Picture.HalfWidth) + right) * 3) + c] * across);
                    var lower = (half[(((bottom * Picture.HalfWidth) + left) * 3) + c] * (256 - across)) + (half[(((bottom * Picture.HalfWidth) + right) * 3) + c] * across);
                    rgb[(((y * width) + x) * 3) + c] = (byte)(((upper * (256 - down)) + (lower * down) + (1 << 15)) >> 16);
                }
            }
        }
    }

    private static (int Before, int After, int Part) Place(int at, int size, int source)
    {
        var place = Math.Clamp((((2 * at) + 1) * source * 256 / (2 * size)) - 128, 0, (source - 1) * 256);
        return (place >> 8, Math.Min((place >> 8) + 1, source - 1), place & 255);
    }

    // Red, green and blue of a row, one after the other.
    private static void HalfRow(Picture picture, int y, Span<byte> planes)
    {
        const int Wide = Picture.HalfWidth;
        var upper = picture.Luma.Slice(2 * y * Picture.Width, Picture.Width);
        var lower = picture.Luma.Slice(((2 * y) + 1) * Picture.Width, Picture.Width);
        var blue = picture.Blue.Slice(y * Wide, Wide);
        var red = picture.Red.Slice(y * Wide, Wide);
        var (low, two) = (Vector128.Create((ushort)0xff), Vector128.Create((ushort)2));
        for (var x = 0; x < Wide; x += 8)
        {
            // Two neighbours lie in one 16-bit number: its halves are added, then the row below.
            var above = Vector128.Create(upper.Slice(2 * x, 16)).AsUInt16();
            var below = Vector128.Create(lower.Slice(2 * x, 16)).AsUInt16();
            var mean = ((above & low) + (above >>> 8) + (below & low) + (below >>> 8) + two) >>> 2;
            var bright = (mean.AsInt16() - Vector128.Create((short)16)) * Bright;
            var u = Vector128.WidenLower(Vector128.CreateScalarUnsafe(BitConverter.ToUInt64(blue.Slice(x, 8))).AsByte()).AsInt16() - Vector128.Create((short)128);
            var v = Vector128.WidenLower(Vector128.CreateScalarUnsafe(BitConverter.ToUInt64(red.Slice(x, 8))).AsByte()).AsInt16() - Vector128.Create((short)128);
            Put(Vector128.AddSaturate(bright, v * RedRed), planes[x..]);
            Put(bright - (v * GreenRed) - (u * GreenBlue), planes[(Wide + x)..]);
            Put(Vector128.AddSaturate(bright, u * BlueBlue), planes[((2 * Wide) + x)..]);
        }
    }

    private static void Put(Vector128<short> scaled, Span<byte> room)
    {
        var value = Vector128.Clamp(Vector128.AddSaturate(scaled, Vector128.Create((short)32)) >> 6, Vector128<short>.Zero, Vector128.Create((short)255)).AsUInt16();
        BitConverter.TryWriteBytes(room, Vector128.Narrow(value, value).AsUInt64().ToScalar());
    }

    private static void Pixel(byte luma, byte blue, byte red, Span<byte> rgba)
    {
        var (bright, u, v) = ((luma - 16) * Bright, blue - 128, red - 128);
        rgba[0] = (byte)Math.Clamp((bright + (RedRed * v) + 32) >> 6, 0, 255);
        rgba[1] = (byte)Math.Clamp((bright - (GreenRed * v) - (GreenBlue * u) + 32) >> 6, 0, 255);
        rgba[2] = (byte)Math.Clamp((bright + (BlueBlue * u) + 32) >> 6, 0, 255);
        rgba[3] = byte.MaxValue;
    }
}
