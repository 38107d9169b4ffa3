using Anlan.Cameras.Worker.Detection;
using Anlan.Cameras.Worker.Models;

namespace Anlan.Tests.Cameras.Worker.Models;

/// <summary>A converted model yields what TensorFlow.js itself yields of the same picture.</summary>
public sealed class TfjsConverterTests
{
    private const float Scores = 1e-5f;
    private const float Pixels = 0.01f;

    [Theory]
    [InlineData("centernet-synthetic")]
    [InlineData("centernet-frame")]
    public void CenterNet_yields_what_the_original_yields(string name)
    {
        var reference = ReferenceNumbers.Read(name);
        using var model = new OnnxModel(CenterNet.Convert(KnownModels.CenterNet, (reference.Width, reference.Height), isLiteral: true).Model, InferenceProvider.Cpu);
        model.Fill(reference.Picture(), 1, 0);

        model.Run();

        var (width, area) = (model.Shapes[0][3], model.Shapes[0][2] * model.Shapes[0][3]);
        Assert.True(reference.Points.Count > 50);
        Assert.All(reference.Points, point =>
        {
            var at = (point.Y * width) + point.X;
            Assert.Equal(point.Values[0], model.Results[0][at], Scores);
            for (var i = 0; i < 4; i++) Assert.Equal(point.Values[i + 1], model.Results[1][(i * area) + at], Pixels);
        });
    }

    [Fact]
    public void As_it_is_used_CenterNet_is_as_sure_of_people_as_the_original()
    {
        var reference = ReferenceNumbers.Read("centernet-frame");
        using var model = new OnnxModel(CenterNet.Convert(KnownModels.CenterNet, (reference.Width, reference.Height)).Model, InferenceProvider.Cpu);
        model.Fill(reference.Picture(), 1, 0);

        model.Run();

        var (width, area) = (model.Shapes[0][3], model.Shapes[0][2] * model.Shapes[0][3]);
        Assert.All(reference.Points, point => Assert.Equal(point.Values[0], model.Results[0][(point.Y * width) + point.X], 0.01f));
        // Boxes only where somebody is: elsewhere they are of nothing.
        Assert.All(reference.Points.Where(point => point.Values[0] >= 0.2f), point =>
        {
            for (var i = 0; i < 4; i++) Assert.Equal(point.Values[i + 1], model.Results[1][(i * area) + (point.Y * width) + point.X], 1f);
        });
    }

    [Theory]
    [InlineData("ssd-synthetic")]
    [InlineData("ssd-frame")]
    public void Ssd_yields_what_the_original_yields(string name)
    {
        var reference = ReferenceNumbers.Read(name);
        using var model = new OnnxModel(SsdDetector.Convert(KnownModels.Ssd, (reference.Width, reference.Height)).Model, InferenceProvider.Cpu);
        model.Fill(reference.Picture(), 1 / 127.5f, -1);

        model.Run();

        Assert.True(reference.Points.Count > 50);
        Assert.All(reference.Points, point =>
        {
            Assert.Equal(point.Values[0], model.Results[1][point.X], 1e-3f);
            for (var i = 0; i < 4; i++) Assert.Equal(point.Values[i + 1], model.Results[0][(point.X * 4) + i], 1e-3f);
        });
    }

    [Fact]
    public void Of_a_picture_with_a_person_the_reference_holds_one()
    {
        Assert.Contains(ReferenceNumbers.Read("centernet-frame").Points, point => point.Values[0] > 0.5f);
        Assert.Contains(ReferenceNumbers.Read("ssd-frame").Points, point => point.Values[0] > 0);
    }

    [Fact]
    public void The_boxes_for_the_exported_size_are_those_that_the_file_states()
    {
        var stated = TfjsGraph.Read(KnownModels.Ssd.Topology, KnownModels.Ssd.Weights).Weights["Postprocessor/ExpandDims"].Numbers!;

        var made = SsdAnchors.For(300, 300);

        Assert.Equal(stated.Length, made.Length);
        for (var at = 0; at < made.Length; at += 4)
        {
            Assert.Equal(stated[at], made[at] - (made[at + 2] / 2), 1e-5f);
            Assert.Equal(stated[at + 1], made[at + 1] - (made[at + 3] / 2), 1e-5f);
            Assert.Equal(stated[at + 2], made[at] + (made[at + 2] / 2), 1e-5f);
            Assert.Equal(stated[at + 3], made[at + 1] + (made[at + 3] / 2), 1e-5f);
        }
    }

    [Fact]
    public void An_operation_that_is_not_known_is_named()
    {
        var topology = """{"modelTopology":{"node":[{"name":"in","op":"Placeholder"},{"name":"out","op":"Roll","input":["in"]}]},"weightsManifest":[]}"""u8.ToArray();
        var graph = TfjsGraph.Read(topology, new Dictionary<string, byte[]>());

        var refused = Assert.Throws<NotSupportedException>(() => TfjsConverter.Convert(graph, "in", isChannelsFirst: false, (8, 8), (8, 8), ["out"]));

        Assert.Contains("Roll (out)", refused.Message, StringComparison.Ordinal);
    }
}
