namespace Anlan.Cameras.Worker.Models;

/// <summary>
/// Makes an ONNX model of a TensorFlow.js graph model, for another size of picture if need be. It knows the operations that person detectors are made of and refuses others by name. The result
/// takes one picture as 1 x 3 x height x width and yields feature maps with channels first.
/// </summary>
internal sealed partial class TfjsConverter
{
    private readonly TfjsGraph _source;
    private readonly IReadOnlyDictionary<string, int[]> _original;
    private readonly IReadOnlyDictionary<string, int[]> _kept;
    private readonly bool _isLiteral;
    private readonly OnnxGraph _graph = new();
    private readonly Dictionary<string, Laid> _made = new(StringComparer.Ordinal);

    private TfjsConverter(TfjsGraph source, IReadOnlyDictionary<string, int[]> original, IReadOnlyDictionary<string, int[]> kept, bool isLiteral) => (_source, _original, _kept, _isLiteral) = (source, original, kept, isLiteral);

    /// <summary>The name of the picture in what is made.</summary>
    public const string Picture = "input";

    /// <param name="Model">The model as a file holds it.</param>
    /// <param name="Outputs">Names of its outputs with their dimensions, in the order in which they were asked for.</param>
    public sealed record Converted(byte[] Model, IReadOnlyList<(string Name, int[] Shape)> Outputs);

    /// <summary>Converts.</summary>
    /// <param name="source">The model.</param>
    /// <param name="input">Name of its picture.</param>
    /// <param name="isChannelsFirst">True when the model takes its channels first already.</param>
    /// <param name="madeFor">Height and width for which it was exported.</param>
    /// <param name="wanted">Height and width that it is to take.</param>
    /// <param name="outputs">Names of what it is to yield.</param>
    /// <param name="kept">For convolutions whose other channels nobody needs, the channels to keep, by name of the operation.</param>
    /// <param name="isLiteral">True to take x * relu6(x + 3) / 6 as it is written, with the sixth as the file rounds it, instead of the operation that is twice as fast and takes a sixth.</param>
    /// <exception cref="NotSupportedException">The model has an operation that is not known here.</exception>
    public static Converted Convert(TfjsGraph source, string input, bool isChannelsFirst, (int Height, int Width) madeFor, (int Height, int Width) wanted, IReadOnlyList<string> outputs, IReadOnlyDictionary<string, int[]>? kept = null, bool isLiteral = false)
    {
        // Sizes that the file states as numbers are those of its own size: they are found by walking through it once with that.
        IReadOnlyDictionary<string, int[]> original = new Dictionary<string, int[]>();
        if (madeFor != wanted)
        {
            var first = new TfjsConverter(source, original, new Dictionary<string, int[]>(), isLiteral);
            first.Make(input, isChannelsFirst, madeFor, outputs);
            original = first._made.ToDictionary(made => made.Key, made => made.Value.PaddedShape, StringComparer.Ordinal);
        }

        var converter = new TfjsConverter(source, original, kept ?? new Dictionary<string, int[]>(), isLiteral);
        var shapes = converter.Make(input, isChannelsFirst, wanted, outputs);
        return new Converted(converter._graph.ToBytes(), shapes);
    }

    private List<(string Name, int[] Shape)> Make(string input, bool isChannelsFirst, (int Height, int Width) size, IReadOnlyList<string> outputs)
    {
        _graph.Input(Picture, [1, 3, size.Height, size.Width]);
        _made[input] = isChannelsFirst ? new Laid(Picture, Laid.Plain(4), [1, 3, size.Height, size.Width]) : new Laid(Picture, Laid.ChannelsFirst, [1, size.Height, size.Width, 3]);
        var made = new List<(string Name, int[] Shape)>();
        foreach (var output in outputs)
        {
            var value = Padded(Get(output));
            var name = "output_" + output.Replace('/', '_').Replace(':', '_');
            _graph.Add("Identity", [value.Name], name);
            _graph.Output(name, value.LyingShape);
            made.Add((name, value.LyingShape));
        }

        return made;
    }

    private Laid Get(string name)
    {
        var key = KeyOf(name);
        if (_made.TryGetValue(key, out var made)) return made;
        var node = _source.Nodes.GetValueOrDefault(key) ?? throw new NotSupportedException($"The model reads {key}, which it does not have.");
        return _made[key] = Translate(node);
    }

    // The first thing that an operation yields has two names.
    private static string KeyOf(string name) => name.EndsWith(":0", StringComparison.Ordinal) ? name[..^2] : name;

    private TfjsNode? NodeOf(string name) => _source.Nodes.GetValueOrDefault(KeyOf(name));

    /// <summary>A weight, or a whole number that follows from shapes; null for what is only known when the model runs.</summary>
    private TfjsWeight? Constant(string name)
    {
        if (_source.Weights.TryGetValue(KeyOf(name), out var weight)) return weight;
        if (NodeOf(name) is not { } node) return null;
        switch (node.Op)
        {
            case "Identity":
                return Constant(node.Inputs[0]);
            case "Shape":
                var shape = Get(node.Inputs[0]).PaddedShape;
                return new TfjsWeight([shape.Length], null, shape);
            case "StridedSlice" when Constant(node.Inputs[0]) is { Wholes: { } all }:
                var (begin, end) = (Wholes(node.Inputs[1])[0], Wholes(node.Inputs[2])[0]);
                return (node.Whole("shrink_axis_mask") & 1) != 0 ? new TfjsWeight([], null, [all[begin]]) : new TfjsWeight([end - begin], null, all[begin..end]);
            case "Pack" when node.Inputs.Select(Constant).ToList() is var parts && parts.TrueForAll(part => part?.Wholes is not null):
                return new TfjsWeight([parts.Count], null, [.. parts.Select(part => part!.Wholes![0])]);
            default:
                return null;
        }
    }

    private int[] Wholes(string name) => Constant(name)?.Wholes ?? throw new NotSupportedException($"{name} is no constant of whole numbers.");

    private float[] Numbers(string name) => Constant(name)?.Numbers ?? throw new NotSupportedException($"{name} is no constant of numbers.");

    private float? Single(string name) => Constant(name) is { Numbers: [var number] } ? number : null;

    // A noted pad is applied.
    private Laid Padded(Laid value)
    {
        if (value.Pads is not { } pads) return value;
        var lying = new long[2 * value.Rank];
        for (var i = 0; i < value.Rank; i++) (lying[value.Order[i]], lying[value.Rank + value.Order[i]]) = (pads[2 * i], pads[(2 * i) + 1]);
        return new Laid(_graph.Add("Pad", [value.Name, _graph.Constant(lying), _graph.Constant([], [value.Padding])], ("mode", "constant")), value.Order, value.PaddedShape);
    }

    // Lying in another order.
    private Laid Lying(Laid given, int[] order)
    {
        var value = Padded(given);
        if (value.Order.AsSpan().SequenceEqual(order)) return value;
        var moved = new int[value.Rank];
        for (var i = 0; i < value.Rank; i++) moved[order[i]] = value.Order[i];
        return value with { Name = _graph.Add("Transpose", [value.Name], ("perm", moved)), Order = order };
    }

    // A constant beside a value, lying as it does.
    private string Beside(TfjsWeight weight, Laid value)
    {
        var numbers = weight.Numbers ?? [.. weight.Wholes!.Select(whole => (float)whole)];
        if (numbers.Length == 1) return _graph.Constant([], numbers);
        int[] shape = [.. Enumerable.Repeat(1, value.Rank - weight.Shape.Length), .. weight.Shape];
        var seen = new int[value.Rank];
        for (var i = 0; i < value.Rank; i++) seen[value.Order[i]] = i;
        return _graph.Constant([.. seen.Select(i => shape[i])], Laid.Transpose(numbers, shape, seen));
    }
}
