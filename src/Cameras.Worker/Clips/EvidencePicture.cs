using System.Globalization;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using Anlan.Cameras.Worker.Ingest;
using SkiaSharp;

namespace Anlan.Cameras.Worker.Clips;

/// <summary>Makes JPEG images: evidence with zones, people and time drawn in, and small ones for whoever looks on.</summary>
internal static class EvidencePicture
{
    private const int Quality = 75;
    private const int LiveQuality = 60;
    private static readonly SKColor Person = new(255, 235, 59);
    private static readonly SKColor Named = new(255, 64, 64);

    /// <summary>The colour in which zones of a kind are drawn, here and on the pages.</summary>
    public static SKColor ColourOf(ZoneKind kind) => kind switch
    {
        ZoneKind.Exclusion => new SKColor(229, 57, 53),
        ZoneKind.PermitEntry => new SKColor(251, 140, 0),
        ZoneKind.AttendantPost => new SKColor(30, 136, 229),
        _ => new SKColor(144, 144, 144),
    };

    /// <summary>Draws what happened into the picture that decided.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="zones">The zones that held.</param>
    /// <param name="happened">What happened, with the people.</param>
    /// <param name="city">The city's time zone, for the time in the picture.</param>
    /// <param name="isBlurred">True: nobody's face can be told, for exports and public screens.</param>
    public static byte[] Draw(Picture picture, ZoneSet zones, SightEvent happened, TimeZoneInfo city, bool isBlurred)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Picture.Width, Picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Yuv.ToRgba(picture, bitmap.GetPixelSpan());
        using var canvas = new SKCanvas(bitmap);
        if (isBlurred) foreach (var person in happened.People) Blur(canvas, bitmap, person);
        foreach (var zone in zones.Zones) Draw(canvas, zone, zone.Number == happened.Zone);
        foreach (var person in happened.People) Draw(canvas, person, person.Track == happened.Track);
        var time = TimeZoneInfo.ConvertTime(happened.At, city).ToString("yyyy-MM-dd HH:mm:ss.f zzz", CultureInfo.InvariantCulture);
        Label(canvas, time, 8, Picture.Height - 32, 3, SKColors.White);
        canvas.Flush();
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return encoded.ToArray();
    }

    /// <summary>The picture at half its size, without anything drawn in.</summary>
    public static byte[] Small(Picture picture)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Picture.HalfWidth, Picture.HalfHeight, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Yuv.ToHalfRgba(picture, bitmap.GetPixelSpan());
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Jpeg, LiveQuality);
        return encoded.ToArray();
    }

    // Reduced to a handful of dots and enlarged again: what is left tells nobody's face.
    private static void Blur(SKCanvas canvas, SKBitmap bitmap, SeenPerson person)
    {
        var area = ClipBlur.AreaOf(person, Picture.Width, Picture.Height);
        if (area.Width < 1 || area.Height < 1) return;
        var part = new SKRectI(area.Left, area.Top, area.Left + area.Width, area.Top + area.Height);
        using var cut = new SKBitmap();
        if (!bitmap.ExtractSubset(cut, part)) return;
        using var dots = cut.Resize(new SKImageInfo(ClipBlur.DotsAcross, ClipBlur.DotsDown, bitmap.ColorType, bitmap.AlphaType), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var image = SKImage.FromBitmap(dots);
        canvas.DrawImage(image, new SKRect(part.Left, part.Top, part.Right, part.Bottom), new SKSamplingOptions(SKFilterMode.Nearest));
    }

    private static void Draw(SKCanvas canvas, Zone zone, bool isNamed)
    {
        using var outline = new SKPathBuilder();
        outline.AddPoly([.. zone.Corners.Select(corner => new SKPoint((float)corner.X * Picture.Width, (float)corner.Y * Picture.Height))], close: true);
        using var path = outline.Detach();
        var colour = ColourOf(zone.Kind);
        using var inside = new SKPaint { Color = colour.WithAlpha(isNamed ? (byte)48 : (byte)24), Style = SKPaintStyle.Fill };
        using var edge = new SKPaint { Color = colour, Style = SKPaintStyle.Stroke, StrokeWidth = isNamed ? 4 : 2, IsAntialias = true };
        canvas.DrawPath(path, inside);
        canvas.DrawPath(path, edge);
    }

    private static void Draw(SKCanvas canvas, SeenPerson person, bool isNamed)
    {
        var (left, top) = ((float)person.Left * Picture.Width, (float)person.Top * Picture.Height);
        var colour = isNamed ? Named : Person;
        using var edge = new SKPaint { Color = colour, Style = SKPaintStyle.Stroke, StrokeWidth = isNamed ? 4 : 2 };
        canvas.DrawRect(left, top, (float)(person.Right - person.Left) * Picture.Width, (float)(person.Bottom - person.Top) * Picture.Height, edge);
        Label(canvas, string.Create(CultureInfo.InvariantCulture, $"#{person.Track} {person.Score * 100:0}%"), left, Math.Max(0, top - 22), 2, colour);
    }

    private static void Label(SKCanvas canvas, string text, float x, float y, int size, SKColor colour)
    {
        using var ground = new SKPaint { Color = new SKColor(0, 0, 0, 170) };
        using var ink = new SKPaint { Color = colour };
        canvas.DrawRect(x, y, Digits.Width(text, size) + (4 * size), Digits.Height(size) + (2 * size), ground);
        Digits.Write(canvas, text, x + (2 * size), y + size, size, ink);
    }
}
