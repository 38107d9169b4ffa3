using Anlan.Cameras.Sight.Tracking;
using Anlan.Cameras.Worker.Models;

namespace Anlan.Cameras.Worker.Detection;

/// <summary>The second model: SSDLite on MobileNetV2. Its licence is plain, it sees a little less in the dark.</summary>
internal sealed class SsdDetector : IPersonDetector
{
    private const float MostOverlap = 0.5f;
    private const int Classes = 91;
    private const int Person = 1;
    private const int Layers = 6;

    // What the numbers of a box are multiplied by when the model is trained.
    private const float PlaceScale = 10;
    private const float SizeScale = 5;
    private static readonly (int Height, int Width) Exported = (300, 300);
    private readonly OnnxModel _model;
    private readonly float[] _anchors;

    /// <param name="found">The model's files.</param>
    /// <param name="cache">Where the converted model is kept.</param>
    /// <param name="size">Width and height of the pictures.</param>
    /// <param name="provider">What it runs on.</param>
    /// <param name="threshold">From which score on a sighting is a person, 0 to 1.</param>
    public SsdDetector(FoundModel found, ModelCache cache, (int Width, int Height) size, InferenceProvider provider, float threshold = IPersonDetector.UsualThreshold)
    {
        (Model, Hash, Threshold) = (found.Name, found.Hash, threshold);
        _model = new OnnxModel(cache.Get($"{found.Hash} {size}", () => Convert(found, size).Model), provider);
        _anchors = SsdAnchors.For(size.Width, size.Height);
        if (_anchors.Length != _model.Results[0].Length) throw new ModelException($"{Model} yields {_model.Results[0].Length / 4} boxes for {size.Width} x {size.Height}, not {_anchors.Length / 4}.");
    }

    public string Model { get; }

    public string Hash { get; }

    public float Threshold { get; }

    public (int Width, int Height) Size => (_model.Width, _model.Height);

    /// <summary>As ONNX, of all classes only the person.</summary>
    public static TfjsConverter.Converted Convert(FoundModel found, (int Width, int Height) size) => TfjsConverter.Convert(
        TfjsGraph.Read(found.Topology, found.Weights), "Preprocessor/sub", isChannelsFirst: false, Exported, (size.Height, size.Width), ["Squeeze", "concat_1"],
        Enumerable.Range(0, Layers).ToDictionary(layer => $"BoxPredictor_{layer}/ClassPredictor/Conv2D", layer => Enumerable.Range(0, layer == 0 ? 3 : 6).Select(box => (box * Classes) + Person).ToArray()));

    public IReadOnlyList<PersonBox> Detect(ReadOnlySpan<byte> picture, float least)
    {
        _model.Fill(picture, 1 / 127.5f, -1);
        _model.Run();
        var (found, boxes, scores) = (new List<PersonBox>(), _model.Results[0], _model.Results[1]);
        for (var (i, at) = (0, 0); i < scores.Length; i++, at += 4)
        {
            var score = 1 / (1 + MathF.Exp(-scores[i]));
            if (score < least) continue;
            var (high, wide) = (_anchors[at + 2], _anchors[at + 3]);
            var (y, x) = ((boxes[at] / PlaceScale * high) + _anchors[at], (boxes[at + 1] / PlaceScale * wide) + _anchors[at + 1]);
            (high, wide) = (MathF.Exp(boxes[at + 2] / SizeScale) * high, MathF.Exp(boxes[at + 3] / SizeScale) * wide);
            found.Add(new PersonBox(x - (wide / 2), y - (high / 2), x + (wide / 2), y + (high / 2), score).Cut());
        }

        return PersonBox.Surest(found, MostOverlap);
    }

    public void Dispose() => _model.Dispose();
}
