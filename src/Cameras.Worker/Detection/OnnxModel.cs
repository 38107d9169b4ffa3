using Microsoft.ML.OnnxRuntime;

namespace Anlan.Cameras.Worker.Detection;

/// <summary>A model in the runtime with its buffers, made once. One thread: several at once are several models.</summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OrtValue _picture;
    private readonly OrtValue[] _values;
    private readonly string[] _inputs;
    private readonly string[] _outputs;

    /// <param name="model">The model as a file holds it.</param>
    public OnnxModel(byte[] model)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL };
        _session = new InferenceSession(model, options);
        _inputs = [_session.InputNames.Single()];
        _outputs = [.. _session.OutputNames];
        var shape = _session.InputMetadata[_inputs[0]].Dimensions;
        (Height, Width) = (shape[2], shape[3]);
        Picture = new float[3 * Height * Width];
        _picture = OrtValue.CreateTensorValueFromMemory(Picture, [1, 3, Height, Width]);
        Shapes = [.. _outputs.Select(output => _session.OutputMetadata[output].Dimensions)];
        Results = [.. Shapes.Select(sizes => new float[sizes.Aggregate(1, (product, size) => product * size)])];
        _values = [.. Results.Select((numbers, i) => OrtValue.CreateTensorValueFromMemory(numbers, [.. Shapes[i].Select(size => (long)size)]))];
    }

    /// <summary>Width of the picture in pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the picture in pixels.</summary>
    public int Height { get; }

    /// <summary>The picture to fill in: channels first.</summary>
    public float[] Picture { get; }

    /// <summary>Dimensions of each output.</summary>
    public IReadOnlyList<int[]> Shapes { get; }

    /// <summary>Numbers of each output after <see cref="Run"/>.</summary>
    public IReadOnlyList<float[]> Results { get; }

    /// <summary>Fills in a picture.</summary>
    /// <param name="picture">RGB, three bytes for each pixel.</param>
    /// <param name="scale">Each number is multiplied by this.</param>
    /// <param name="shift">And then this is added.</param>
    public void Fill(ReadOnlySpan<byte> picture, float scale, float shift)
    {
        var plane = Width * Height;
        if (picture.Length != 3 * plane) throw new ArgumentException($"A picture of {Width} x {Height} has {3 * plane} bytes, not {picture.Length}.", nameof(picture));
        var red = Picture.AsSpan(0, plane);
        var green = Picture.AsSpan(plane, plane);
        var blue = Picture.AsSpan(2 * plane, plane);
        for (var (i, at) = (0, 0); i < plane; i++, at += 3)
        {
            red[i] = (picture[at] * scale) + shift;
            green[i] = (picture[at + 1] * scale) + shift;
            blue[i] = (picture[at + 2] * scale) + shift;
        }
    }

    public void Run() => _session.Run(_options, _inputs, [_picture], _outputs, _values);

    public void Dispose()
    {
        foreach (var value in _values) value.Dispose();
        _picture.Dispose();
        _options.Dispose();
        _session.Dispose();
    }
}
