using Anlan.Cameras.Sight.Tracking;
using Anlan.Cameras.Worker.Detection;
using Anlan.Cameras.Worker.Models;

namespace Anlan.Tests.Cameras.Worker.Detection;

/// <summary>Models of the users' own, whichever way their numbers lie.</summary>
public sealed class YoloDetectorTests
{
    private static readonly string[] Classes = ["car", "worker", "visitor"];
    private static readonly byte[] Black = new byte[3 * 64 * 36];

    private static YoloDetector Detector(byte[] model, string[]? classes = null, string[]? people = null, (int, int)? size = null) =>
        new("tiny", "hash", model, classes ?? Classes, people ?? ["worker", "visitor"], size, InferenceProvider.Cpu, 0.4f);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Scores_of_classes_alone_are_read_either_way_round(bool isNumberFirst)
    {
        // Middle, size, then car, worker, visitor: the picture lies in the middle of the model's square, 14 pixels down.
        using var detector = Detector(TinyYolo.Make(isNumberFirst, [16, 32, 8, 18, 0.1f, 0.9f, 0], [48, 32, 8, 18, 0.95f, 0.1f, 0.2f], [32, 32, 8, 18, 0, 0.1f, 0.6f], [32, 32, 8, 18, 0, 0.3f, 0]));

        var people = detector.Detect(Black, 0.35f);

        Assert.Equal((64, 36), detector.Size);
        Assert.Equal([0.9f, 0.6f], people.Select(person => person.Score));
        Assert.Equal(new PersonBox(12 / 64f, 9 / 36f, 20 / 64f, 27 / 36f, 0.9f), people[0]);
        Assert.Equal(28 / 64f, people[1].Left);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_score_of_the_box_counts_with_that_of_the_class(bool isNumberFirst)
    {
        using var detector = Detector(TinyYolo.Make(isNumberFirst, [16, 32, 8, 18, 0.5f, 0.1f, 0.9f, 0], [48, 32, 8, 18, 0.9f, 0.95f, 0.1f, 0]));

        Assert.Equal(0.45f, Assert.Single(detector.Detect(Black, 0.35f)).Score, 4);
    }

    [Fact]
    public void The_picture_is_given_as_parts_of_255_and_what_is_above_and_below_is_grey()
    {
        using var detector = Detector(TinyYolo.Make(true, [16, 32, 8, 18, 0, 0, 0]));
        var red = new byte[Black.Length];
        for (var i = 0; i < red.Length; i += 3) red[i] = 255;

        var grey = 28 / 64f * 114 / 255;
        Assert.Equal(grey, Assert.Single(detector.Detect(Black, 0.1f)).Score, 4);
        Assert.Equal(grey + (36 / 64f), Assert.Single(detector.Detect(red, 0.1f)).Score, 4);
    }

    [Fact]
    public void Boxes_of_the_same_person_are_one_and_boxes_are_cut_to_the_picture()
    {
        using var detector = Detector(TinyYolo.Make(true, [16, 32, 8, 18, 0, 0.6f, 0], [17, 32, 8, 18, 0, 0.9f, 0], [62, 48, 10, 10, 0, 0.5f, 0]));

        var people = detector.Detect(Black, 0.35f);

        Assert.Equal([0.9f, 0.5f], people.Select(person => person.Score));
        Assert.Equal((1, 1), (people[1].Right, people[1].Bottom));
    }

    [Fact]
    public void No_number_is_no_person()
    {
        using var detector = Detector(TinyYolo.Make(true, [16, 32, 8, 18, 0, float.NaN, 0]));

        Assert.Empty(detector.Detect(Black, 0.35f));
    }

    [Fact]
    public void A_model_for_any_size_takes_the_configured_one()
    {
        var model = TinyYolo.Make([1, 3, -1, -1], true, [16, 16, 8, 18, 0, 0.9f, 0]);

        using var detector = Detector(model, size: (64, 32));

        Assert.Equal((64, 32), detector.Size);
        Assert.Single(detector.Detect(new byte[3 * 64 * 32], 0.35f));
    }

    [Theory]
    [InlineData(new[] { "worker" }, new[] { "worker" }, "yields [1, 7, 1]; with 1 classes")]
    [InlineData(new[] { "car", "worker", "visitor" }, new[] { "person" }, "The class person is not among")]
    public void Classes_that_do_not_belong_to_the_model_are_refused(string[] classes, string[] people, string message)
    {
        var refused = Assert.Throws<ModelException>(() => Detector(TinyYolo.Make(true, [16, 32, 8, 18, 0, 0.9f, 0]), classes, people));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_takes_no_picture_is_refused()
    {
        var graph = new OnnxGraph();
        graph.Input("sound", [1, 7, 8]);
        graph.Output(graph.Add("Identity", ["sound"]), [1, 7, 8]);

        Assert.Contains("[1, 3, height, width]", Assert.Throws<ModelException>(() => Detector(graph.ToBytes())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_model_is_refused() => Assert.Throws<ModelException>(() => Detector([1, 2, 3, 4]));
}
