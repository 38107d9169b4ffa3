using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using Anlan.Cameras.Worker.Clips;
using Anlan.Cameras.Worker.Ingest;
using Anlan.Tests.Cameras.Worker.Ingest;
using SkiaSharp;

namespace Anlan.Tests.Cameras.Worker.Clips;

/// <summary>Pictures as evidence: zone, people and time are drawn into them.</summary>
public sealed class EvidencePictureTests
{
    private static readonly ZoneSet Zones = new(3, [new Zone(1, "pit", ZoneKind.Exclusion, [new(0.5, 0.5), new(1, 0.5), new(1, 0.9), new(0.5, 0.9)])]);
    private static readonly SightEvent Happened = new(Guid.CreateVersion7(), Guid.Empty, SightEventKind.Entered, new DateTimeOffset(2040, 3, 5, 1, 0, 0, TimeSpan.Zero), 3)
    {
        Zone = 1,
        Track = 7,
        People = [new SeenPerson(7, 0.1, 0.2, 0.2, 0.6, 0.93, 1)],
    };

    [Fact]
    public void Zone_person_and_time_are_in_the_picture_and_the_rest_is_as_it_was()
    {
        using var grey = Pictures.Of((_, _) => 126);

        using var image = SKBitmap.Decode(EvidencePicture.Draw(grey, Zones, Happened, TimeZoneInfo.Utc, isBlurred: false));

        Assert.Equal((Picture.Width, Picture.Height), (image.Width, image.Height));
        Near(new SKColor(128, 128, 128), image.GetPixel(600, 100));
        Near(EvidencePicture.ColourOf(ZoneKind.Exclusion), image.GetPixel(768, 288));
        Near(new SKColor(255, 64, 64), image.GetPixel(102, 250));
        Assert.True(image.GetPixel(768, 400).Red > image.GetPixel(768, 400).Green + 8);
        Assert.Contains(Enumerable.Range(8, 300), x => image.GetPixel(x, Picture.Height - 20).Red > 220);
    }

    [Fact]
    public void The_small_picture_has_half_the_size_and_nothing_drawn_in()
    {
        using var grey = Pictures.Of((_, _) => 126);

        using var image = SKBitmap.Decode(EvidencePicture.Small(grey));

        Assert.Equal((Picture.HalfWidth, Picture.HalfHeight), (image.Width, image.Height));
        Near(new SKColor(128, 128, 128), image.GetPixel(384, 144));
    }

    private static void Near(SKColor expected, SKColor seen) =>
        Assert.True(Math.Abs(expected.Red - seen.Red) < 40 && Math.Abs(expected.Green - seen.Green) < 40 && Math.Abs(expected.Blue - seen.Blue) < 40, $"{seen} instead of {expected}");
}
