namespace Anlan.Cameras.Worker.Models;

/// <summary>The operations that are known.</summary>
internal sealed partial class TfjsConverter
{
    private const float Sixth = 1 / 6f;
    private const float NearlyNothing = 1e-4f;

    private Laid Translate(TfjsNode node) => node.Op switch
    {
        "Identity" => Get(node.Inputs[0]),
        "Transpose" => Transposed(Get(node.Inputs[0]), Wholes(node.Inputs[1])),
        "Pad" or "PadV2" => Padded(Get(node.Inputs[0])) with { Pads = Wholes(node.Inputs[1]), Padding = node.Op == "PadV2" ? Numbers(node.Inputs[2])[0] : 0 },
        "Conv2D" or "_FusedConv2D" => Convolution(node, isPerChannel: false),
        "DepthwiseConv2dNative" or "FusedDepthwiseConv2dNative" => Convolution(node, isPerChannel: true),
        "MaxPool" => Largest(node),
        "ResizeBilinear" => Resized(node),
        "Mean" => Average(node),
        "Relu" or "Relu6" or "LeakyRelu" or "Sigmoid" => Activated(Padded(Get(node.Inputs[0])), node.Op, node),
        "Mul" => HardSwish(node) ?? Combined(node, "Mul"),
        "Add" or "AddV2" or "BiasAdd" or "AddN" => Combined(node, "Add"),
        "Sub" => Combined(node, "Sub"),
        "RealDiv" => Combined(node, "Div"),
        "FusedBatchNorm" or "FusedBatchNormV3" => Normalised(node),
        "ConcatV2" => Concatenated(node),
        "Reshape" => Reshaped(node),
        "Squeeze" => Squeezed(node),
        _ => throw new NotSupportedException($"The model has an operation that is not known here: {node.Op} ({node.Name})."),
    };

    private static Laid Transposed(Laid value, int[] order) => value with
    {
        Order = [.. order.Select(i => value.Order[i])],
        Shape = [.. order.Select(i => value.Shape[i])],
        Pads = value.Pads is { } pads ? [.. order.SelectMany(i => (int[])[pads[2 * i], pads[(2 * i) + 1]])] : null,
    };

    private Laid Convolution(TfjsNode node, bool isPerChannel)
    {
        var (value, noted) = WithPads(Get(node.Inputs[0]), node, 0);
        value = Lying(value, Laid.ChannelsFirst);
        var weight = Constant(node.Inputs[1]) ?? throw new NotSupportedException($"The weights of {node.Name} are no constant.");
        var (height, width, channels) = (weight.Shape[0], weight.Shape[1], weight.Shape[2]);
        var filters = isPerChannel ? channels * weight.Shape[3] : weight.Shape[3];
        var numbers = Laid.Transpose(weight.Numbers!, weight.Shape, isPerChannel ? [2, 3, 0, 1] : [3, 2, 0, 1]);
        var (strides, dilations, fused) = (node.Wholes("strides"), node.Wholes("dilations") is { Length: 4 } given ? given : [1, 1, 1, 1], node.Texts("fused_ops"));
        var bias = fused.Contains("BiasAdd") ? Numbers(node.Inputs[2]) : null;
        if (_kept.TryGetValue(node.Name, out var kept))
        {
            var each = numbers.Length / filters;
            (numbers, filters, bias) = ([.. kept.SelectMany(channel => numbers[(channel * each)..((channel + 1) * each)])], kept.Length, bias is null ? null : [.. kept.Select(channel => bias[channel])]);
        }

        var group = isPerChannel ? channels : value.Shape[3] / channels;
        var (pads, outHeight, outWidth) = Spatial(node, value.Shape, (height, width), (strides[1], strides[2]), (dilations[1], dilations[2]), noted);
        List<string> inputs = [value.Name, _graph.Constant([filters, isPerChannel ? 1 : channels, height, width], numbers)];
        if (bias is not null) inputs.Add(_graph.Constant([filters], bias));
        var name = _graph.Add("Conv", inputs, ("kernel_shape", new[] { height, width }), ("strides", strides[1..3]), ("dilations", dilations[1..3]), ("pads", pads), ("group", group));
        var made = new Laid(name, Laid.ChannelsFirst, [value.Shape[0], outHeight, outWidth, filters]);
        return fused.Where(op => op != "BiasAdd").Aggregate(made, (before, op) => Activated(before, op, node));
    }

    private Laid Largest(TfjsNode node)
    {
        var (value, noted) = WithPads(Get(node.Inputs[0]), node, float.MinValue);
        value = Lying(value, Laid.ChannelsFirst);
        var (size, strides) = (node.Wholes("ksize"), node.Wholes("strides"));
        var (pads, height, width) = Spatial(node, value.Shape, (size[1], size[2]), (strides[1], strides[2]), (1, 1), noted);
        return new Laid(_graph.Add("MaxPool", [value.Name], ("kernel_shape", size[1..3]), ("strides", strides[1..3]), ("pads", pads)), Laid.ChannelsFirst, [value.Shape[0], height, width, value.Shape[3]]);
    }

    private Laid Resized(TfjsNode node)
    {
        var value = Lying(Get(node.Inputs[0]), Laid.ChannelsFirst);
        var size = Wholes(node.Inputs[1]);
        var (height, width) = (size[0], size[1]);
        // The file names the size that it was exported for: what counts is by how much.
        if (_original.TryGetValue(KeyOf(node.Inputs[0]), out var before)) (height, width) = (value.Shape[1] * size[0] / before[1], value.Shape[2] * size[1] / before[2]);
        var pixels = node.IsTrue("half_pixel_centers") ? "half_pixel" : node.IsTrue("align_corners") ? "align_corners" : "asymmetric";
        var scales = _graph.Constant([4], [1, 1, (float)height / value.Shape[1], (float)width / value.Shape[2]]);
        var name = _graph.Add("Resize", [value.Name, _graph.Constant([0], []), scales], ("mode", "linear"), ("coordinate_transformation_mode", pixels));
        return new Laid(name, Laid.ChannelsFirst, [value.Shape[0], height, width, value.Shape[3]]);
    }

    private Laid Average(TfjsNode node)
    {
        var value = Lying(Get(node.Inputs[0]), Laid.ChannelsFirst);
        if (!Wholes(node.Inputs[1]).Order().SequenceEqual([1, 2]) || !node.IsTrue("keep_dims")) throw new NotSupportedException($"{node.Name} averages over something else than the picture.");
        return new Laid(_graph.Add("GlobalAveragePool", [value.Name]), Laid.ChannelsFirst, [value.Shape[0], 1, 1, value.Shape[3]]);
    }

    private Laid Activated(Laid value, string op, TfjsNode node) => value with
    {
        Name = op switch
        {
            "Relu" => _graph.Add("Relu", [value.Name]),
            "Relu6" => _graph.Add("Clip", [value.Name, _graph.Constant([], [0]), _graph.Constant([], [6])]),
            "LeakyRelu" => _graph.Add("LeakyRelu", [value.Name], ("alpha", node.Number("alpha", node.Number("leakyrelu_alpha", 0.2f)))),
            "Sigmoid" => _graph.Add("Sigmoid", [value.Name]),
            _ => throw new NotSupportedException($"{node.Name} has an activation that is not known here: {op}."),
        },
    };

    // x * relu6(x + 3) / 6, as exporters write it, is one operation of the runtime: half as many to run.
    private Laid? HardSwish(TfjsNode node)
    {
        if (_isLiteral) return null;
        if (HardSigmoidOf(node) is { } inner)
        {
            var value = Padded(Get(inner));
            return value with { Name = HardSigmoid(value) };
        }

        foreach (var (scaled, clipped) in new[] { (node.Inputs[0], node.Inputs[1]), (node.Inputs[1], node.Inputs[0]) })
        {
            if (Clipped(NodeOf(clipped)) is not { } of || NodeOf(scaled) is not { Op: "Mul" } product) continue;
            if (!Pairs(product).Any(pair => IsSixth(pair.One) && KeyOf(pair.Other) == of)) continue;
            var value = Padded(Get(of));
            return value with { Name = _graph.Add("Mul", [value.Name, HardSigmoid(value)]) };
        }

        return null;
    }

    private string HardSigmoid(Laid value) => _graph.Add("HardSigmoid", [value.Name], ("alpha", Sixth), ("beta", 0.5f));

    private string? HardSigmoidOf(TfjsNode node) => Pairs(node).Where(pair => IsSixth(pair.One)).Select(pair => Clipped(NodeOf(pair.Other))).FirstOrDefault(of => of is not null);

    private string? Clipped(TfjsNode? node) => node is { Op: "Relu6" } && NodeOf(node.Inputs[0]) is { Op: "Add" or "AddV2" } sum
        ? Pairs(sum).Where(pair => Single(pair.One) == 3).Select(pair => KeyOf(pair.Other)).FirstOrDefault()
        : null;

    private bool IsSixth(string name) => Single(name) is { } number && Math.Abs(number - Sixth) < NearlyNothing;

    private static IEnumerable<(string One, string Other)> Pairs(TfjsNode node) => node.Inputs is [var one, var other] ? [(one, other), (other, one)] : [];

    private Laid Combined(TfjsNode node, string op)
    {
        var constants = node.Inputs.Select(Constant).ToList();
        var first = constants.FindIndex(constant => constant is null);
        var value = Padded(Get(node.Inputs[first]));
        if (node.Inputs.Count != 2) return node.Inputs.Skip(1).Aggregate(value, (sum, next) => sum with { Name = _graph.Add(op, [sum.Name, Lying(Get(next), sum.Order).Name]) });
        var (name, shape) = constants[1 - first] is { } constant ? (Beside(Cut(constant, node.Inputs[first]), value), value.Shape) : OtherOf(node.Inputs[1 - first], value);
        return value with { Name = _graph.Add(op, first == 0 ? [value.Name, name] : [name, value.Name]), Shape = shape };
    }

    private (string Name, int[] Shape) OtherOf(string input, Laid value)
    {
        var other = Lying(Get(input), value.Order);
        return (other.Name, [.. value.Shape.Zip(other.Shape, Math.Max)]);
    }

    // Beside a convolution of which only some channels are kept.
    private TfjsWeight Cut(TfjsWeight constant, string beside) => constant is { Numbers: { Length: > 1 } numbers } && _kept.TryGetValue(KeyOf(beside), out var kept)
        ? new TfjsWeight([kept.Length], [.. kept.Select(channel => numbers[channel])], null)
        : constant;

    private Laid Normalised(TfjsNode node)
    {
        var value = Lying(Get(node.Inputs[0]), Laid.ChannelsFirst);
        var parameters = Enumerable.Range(1, 4).Select(i => _graph.Constant([value.Shape[3]], Numbers(node.Inputs[i])));
        return value with { Name = _graph.Add("BatchNormalization", [value.Name, .. parameters], ("epsilon", node.Number("epsilon", 1e-3f))) };
    }

    private Laid Concatenated(TfjsNode node)
    {
        var count = node.Inputs.Count - 1;
        var values = node.Inputs.Take(count).Select(Get).ToList();
        var axis = Wholes(node.Inputs[count])[0] is var given && given < 0 ? given + values[0].Rank : given;
        var first = Padded(values[0]);
        List<Laid> all = [first, .. values.Skip(1).Select(value => Lying(value, first.Order))];
        return first with { Name = _graph.Add("Concat", all.Select(value => value.Name), ("axis", first.Order[axis])), Shape = [.. first.Shape.Select((size, i) => i == axis ? all.Sum(value => value.Shape[i]) : size)] };
    }

    private Laid Reshaped(TfjsNode node)
    {
        var value = Padded(Get(node.Inputs[0]));
        value = Lying(value, Laid.Plain(value.Rank));
        int[] wanted = [.. Wholes(node.Inputs[1])];
        // Of fewer channels there are as many places but fewer classes.
        if (Convolving(node.Inputs[0]) is { } convolution && _kept.TryGetValue(convolution.Name, out var kept)) wanted[^1] = wanted[^1] * kept.Length / Constant(convolution.Inputs[1])!.Shape[3];
        // Sizes that are written down belong to the picture that the file was exported for.
        if (_original.Count > 0 && wanted.Length > 2 && Array.TrueForAll(wanted, size => size > 0)) wanted[1] = -1;
        var (all, known) = (value.Shape.Aggregate(1, (product, size) => product * size), wanted.Where(size => size > 0).Aggregate(1, (product, size) => product * size));
        return Plain(value, [.. wanted.Select(size => size < 0 ? all / known : size)]);
    }

    // The convolution whose yield this is, but for a bias.
    private TfjsNode? Convolving(string name) => NodeOf(name) switch
    {
        { Op: "Conv2D" or "_FusedConv2D" } found => found,
        { Op: "BiasAdd" or "Identity" } on => Convolving(on.Inputs[0]),
        _ => null,
    };

    private Laid Squeezed(TfjsNode node)
    {
        var value = Padded(Get(node.Inputs[0]));
        var gone = node.Wholes("squeeze_dims");
        return Plain(Lying(value, Laid.Plain(value.Rank)), [.. value.Shape.Where((size, i) => !(gone.Length == 0 ? size == 1 : gone.Contains(i)))]);
    }

    private Laid Plain(Laid value, int[] shape) => new(_graph.Add("Reshape", [value.Name, _graph.Constant([.. shape.Select(size => (long)size)])]), Laid.Plain(shape.Length), shape);

    // A pad before a convolution that pads nothing itself is the convolution's own.
    private static (Laid Value, int[]? Pads) WithPads(Laid value, TfjsNode node, float padding)
    {
        if (value.Pads is not { } pads || node.Text("padding") != "VALID" || (value.Padding != padding && !(padding < -1e30 && value.Padding < -1e30)) || pads[0] + pads[1] + pads[6] + pads[7] != 0) return (value, null);
        return (value with { Pads = null }, [pads[2], pads[4], pads[3], pads[5]]);
    }

    private static (int[] Pads, int Height, int Width) Spatial(TfjsNode node, int[] shape, (int Height, int Width) kernel, (int Height, int Width) stride, (int Height, int Width) dilation, int[]? noted)
    {
        var (high, wide) = (((kernel.Height - 1) * dilation.Height) + 1, ((kernel.Width - 1) * dilation.Width) + 1);
        if (node.Text("padding") == "SAME")
        {
            var (height, width) = ((shape[1] + stride.Height - 1) / stride.Height, (shape[2] + stride.Width - 1) / stride.Width);
            var (above, beside) = (Math.Max(0, ((height - 1) * stride.Height) + high - shape[1]), Math.Max(0, ((width - 1) * stride.Width) + wide - shape[2]));
            return ([above / 2, beside / 2, above - (above / 2), beside - (beside / 2)], height, width);
        }

        var pads = noted ?? new int[4];
        return (pads, ((shape[1] + pads[0] + pads[2] - high) / stride.Height) + 1, ((shape[2] + pads[1] + pads[3] - wide) / stride.Width) + 1);
    }
}
