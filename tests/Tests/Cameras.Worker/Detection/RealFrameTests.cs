using Anlan.Cameras.Sight.Tracking;
using Anlan.Cameras.Worker.Detection;
using Anlan.Tests.Cameras.Worker.Models;

namespace Anlan.Tests.Cameras.Worker.Detection;

/// <summary>The models that come with the product on real frames.</summary>
public sealed class RealFrameTests
{
    private const string People = "one-by-one-person-detection.mp4", Cars = "car-detection.mp4";

    [Theory]
    [InlineData(10)]
    [InlineData(33)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(110)]
    public void Two_models_that_know_nothing_of_each_other_find_the_same_person(double seconds)
    {
        using var centerNet = Make(DetectorKind.CenterNet);
        using var ssd = Make(DetectorKind.Ssd);

        var one = Assert.Single(centerNet.Detect(VisionClips.FrameAt(People, seconds, centerNet.Size), 0.35f));
        var other = Assert.Single(ssd.Detect(VisionClips.FrameAt(People, seconds, ssd.Size), 0.35f));

        Assert.True(PersonBox.Overlap(one, other) > 0.6f, $"{one} {other}");
        Assert.True(one.Height > 0.3f);
    }

    [Theory]
    [InlineData("CenterNet")]
    [InlineData("Ssd")]
    public void Where_nobody_is_nobody_is_found(string kind)
    {
        using var detector = Make(Enum.Parse<DetectorKind>(kind));

        Assert.Empty(detector.Detect(VisionClips.FrameAt(People, 1, detector.Size), 0.35f));
        foreach (var seconds in new[] { 2, 9, 16, 23 }) Assert.Empty(detector.Detect(VisionClips.FrameAt(Cars, seconds, detector.Size), 0.35f));
    }

    [Fact]
    public void A_picture_of_another_size_is_refused()
    {
        using var detector = Make(DetectorKind.CenterNet);

        Assert.Throws<ArgumentException>(() => detector.Detect(new byte[3 * 512 * 287], 0.35f));
    }

    private static IPersonDetector Make(DetectorKind kind) => DetectorFactory.Make(new DetectorOptions { Kind = kind, Packages = KnownModels.Folder });
}
