using Anlan.Cameras.Sight.Tracking;
using Anlan.Cameras.Worker.Models;

namespace Anlan.Cameras.Worker.Detection;

/// <summary>The default: CenterNet on MobileNetV3. It marks the middle of each person on a map of a quarter of the picture's size and says how far the edges are from there.</summary>
internal sealed class CenterNet : IPersonDetector
{
    private const float MostOverlap = 0.6f;
    private static readonly (int Height, int Width) Exported = (512, 512);
    private readonly OnnxModel _model;
    private readonly (int Width, int Height) _map;

    /// <param name="found">The model's files.</param>
    /// <param name="cache">Where the converted model is kept.</param>
    /// <param name="size">Width and height of the pictures, each a multiple of 32.</param>
    /// <param name="provider">What it runs on.</param>
    /// <param name="threshold">From which score on a sighting is a person, 0 to 1.</param>
    public CenterNet(FoundModel found, ModelCache cache, (int Width, int Height) size, InferenceProvider provider, float threshold = IPersonDetector.UsualThreshold)
    {
        (Model, Hash, Threshold) = (found.Name, found.Hash, threshold);
        _model = new OnnxModel(cache.Get($"{found.Hash} {size}", () => Convert(found, size).Model), provider);
        _map = (_model.Shapes[0][3], _model.Shapes[0][2]);
    }

    public string Model { get; }

    public string Hash { get; }

    public float Threshold { get; }

    public (int Width, int Height) Size => (_model.Width, _model.Height);

    public IReadOnlyList<PersonBox> Detect(ReadOnlySpan<byte> picture, float least)
    {
        _model.Fill(picture, 1, 0);
        _model.Run();
        var (found, people, edges) = (new List<PersonBox>(), _model.Results[0], _model.Results[1]);
        var (area, cell) = (_map.Width * _map.Height, (float)_model.Width / _map.Width);
        for (var y = 0; y < _map.Height; y++)
        {
            for (var x = 0; x < _map.Width; x++)
            {
                var at = (y * _map.Width) + x;
                if (people[at] < least || !IsPeak(people, x, y)) continue;
                found.Add(new PersonBox(
                    ((x * cell) - edges[at]) / _model.Width, ((y * cell) - edges[area + at]) / _model.Height,
                    ((x * cell) + edges[(2 * area) + at]) / _model.Width, ((y * cell) + edges[(3 * area) + at]) / _model.Height, people[at]).Cut());
            }
        }

        return PersonBox.Surest(found, MostOverlap);
    }

    /// <summary>As ONNX, of all classes only the person, which is the first.</summary>
    public static TfjsConverter.Converted Convert(FoundModel found, (int Width, int Height) size, bool isLiteral = false) => TfjsConverter.Convert(
        TfjsGraph.Read(found.Topology, found.Weights), "tower_0/images", isChannelsFirst: false, Exported, (size.Height, size.Width), ["tower_0/keypoints", "tower_0/wh"],
        new Dictionary<string, int[]> { ["tower_0/CenternetHead/centernet_cls_output/BiasAdd"] = [0] }, isLiteral);

    public void Dispose() => _model.Dispose();

    private bool IsPeak(float[] map, int x, int y)
    {
        var value = map[(y * _map.Width) + x];
        for (var row = Math.Max(0, y - 1); row <= Math.Min(_map.Height - 1, y + 1); row++)
        {
            for (var column = Math.Max(0, x - 1); column <= Math.Min(_map.Width - 1, x + 1); column++)
            {
                if (map[(row * _map.Width) + column] > value) return false;
            }
        }

        return true;
    }
}
