using Anlan.Cameras.Sight.Tracking;
using Anlan.Cameras.Worker.Models;

namespace Anlan.Cameras.Worker.Detection;

/// <summary>
/// A model of the users' own, as programs of the YOLO family export it: [1, 4 + classes, N] with scores of classes, or [1, N, 5 + classes] with one score for the box before them; either may
/// also lie the other way round. Boxes are middle and size in pixels.
/// </summary>
internal sealed class YoloDetector : IPersonDetector
{
    private const float MostOverlap = 0.5f;
    private const float Scale = 1 / 255f;
    private const float Grey = 114 * Scale;
    private const int BoxNumbers = 4;
    private readonly OnnxModel _model;
    private readonly int _height;
    private readonly int[] _people;
    private readonly bool _hasBoxScore;
    private readonly int _boxes;
    private readonly int _boxStride;
    private readonly int _numberStride;

    /// <param name="name">Name and version, for the evidence.</param>
    /// <param name="hash">SHA-256 of the file.</param>
    /// <param name="file">The file.</param>
    /// <param name="classes">What it tells apart, in its order.</param>
    /// <param name="people">Which of these are people.</param>
    /// <param name="size">Width and height of the pictures, for a model that takes any; null = what the model says.</param>
    /// <param name="provider">What it runs on.</param>
    /// <param name="threshold">From which score on a sighting is a person, 0 to 1.</param>
    public YoloDetector(string name, string hash, byte[] file, IReadOnlyList<string> classes, IReadOnlyList<string> people, (int Width, int Height)? size, InferenceProvider provider, float threshold)
    {
        (Model, Hash, Threshold) = (name, hash, threshold);
        _model = new OnnxModel(file, provider, size);
        // These models are trained with pictures that keep their proportions; cameras film 16 : 9.
        _height = Math.Min(_model.Height, _model.Width * 9 / 16 / 2 * 2);
        _model.Picture.AsSpan().Fill(Grey);
        _people = [.. people.Select(person => classes.ToList().IndexOf(person))];
        if (Array.IndexOf(_people, -1) is var missing && missing >= 0) throw new ModelException($"The class {people[missing]} is not among those of the model {name}: {string.Join(", ", classes)}.");
        (_hasBoxScore, var isNumberFirst) = _model.Shapes[0] switch
        {
            [1, var numbers, _] when numbers == BoxNumbers + classes.Count => (false, true),
            [1, _, var numbers] when numbers == BoxNumbers + 1 + classes.Count => (true, false),
            [1, _, var numbers] when numbers == BoxNumbers + classes.Count => (false, false),
            [1, var numbers, _] when numbers == BoxNumbers + 1 + classes.Count => (true, true),
            var shape => throw new ModelException($"The model {name} yields [{string.Join(", ", shape)}]; with {classes.Count} classes that is neither [1, {BoxNumbers + classes.Count}, N] nor [1, N, {BoxNumbers + 1 + classes.Count}]. Does the list of classes belong to it?"),
        };
        _boxes = _model.Shapes[0][isNumberFirst ? 2 : 1];
        (_boxStride, _numberStride) = isNumberFirst ? (1, _boxes) : (_model.Shapes[0][2], 1);
    }

    public string Model { get; }

    public string Hash { get; }

    public float Threshold { get; }

    public (int Width, int Height) Size => (_model.Width, _height);

    public IReadOnlyList<PersonBox> Detect(ReadOnlySpan<byte> picture, float least)
    {
        _model.FillMiddle(picture, _height, Scale);
        _model.Run();
        var (found, numbers, above) = (new List<PersonBox>(), _model.Results[0], (_model.Height - _height) / 2);
        for (var (box, at) = (0, 0); box < _boxes; box++, at += _boxStride)
        {
            var score = Score(numbers, at);
            if (!(score >= least)) continue;
            var (x, y, wide, high) = (numbers[at], numbers[at + _numberStride] - above, numbers[at + (2 * _numberStride)], numbers[at + (3 * _numberStride)]);
            found.Add(new PersonBox((x - (wide / 2)) / _model.Width, (y - (high / 2)) / _height, (x + (wide / 2)) / _model.Width, (y + (high / 2)) / _height, score).Cut());
        }

        return PersonBox.Surest(found, MostOverlap);
    }

    public void Dispose() => _model.Dispose();

    private float Score(float[] numbers, int at)
    {
        var first = at + ((_hasBoxScore ? BoxNumbers + 1 : BoxNumbers) * _numberStride);
        var best = 0f;
        foreach (var person in _people) best = Math.Max(best, numbers[first + (person * _numberStride)]);
        return _hasBoxScore ? best * numbers[at + (BoxNumbers * _numberStride)] : best;
    }
}
