using Anlan.Cameras.Worker.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

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
    /// <param name="provider">What it runs on.</param>
    /// <param name="size">Width and height of the picture, for a model that takes any; null = what the model says.</param>
    /// <exception cref="ModelException">It is no model that takes one picture, or the provider is not there.</exception>
    public OnnxModel(byte[] model, InferenceProvider provider, (int Width, int Height)? size = null)
    {
        using var options = Options(provider);
        try
        {
            _session = new InferenceSession(model, options);
        }
        catch (OnnxRuntimeException fault)
        {
            throw new ModelException($"The runtime cannot load the model: {fault.Message}", fault);
        }

        if (_session.InputNames is not [var input]) throw new ModelException($"The model takes {_session.InputNames.Count} things, not one picture.");
        var metadata = _session.InputMetadata[input];
        if (metadata.ElementDataType != TensorElementType.Float || metadata.Dimensions is not [1 or -1, 3, var height, var width]) throw new ModelException($"The model takes {metadata.ElementDataType} of [{string.Join(", ", metadata.Dimensions)}], not one picture of single-precision numbers [1, 3, height, width].");
        (Width, Height) = (width > 0 ? width : size?.Width ?? 0, height > 0 ? height : size?.Height ?? 0);
        if (Width <= 0 || Height <= 0) throw new ModelException("The model takes pictures of any size: say which width and height.");
        (_inputs, _outputs) = ([input], [.. _session.OutputNames]);
        Picture = new float[3 * Height * Width];
        _picture = OrtValue.CreateTensorValueFromMemory(Picture, [1, 3, Height, Width]);
        Shapes = OutputShapes();
        Results = [.. Shapes.Select(sizes => new float[sizes.Aggregate(1, (product, one) => product * one)])];
        _values = [.. Results.Select((numbers, i) => OrtValue.CreateTensorValueFromMemory(numbers, [.. Shapes[i].Select(one => (long)one)]))];
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

    /// <summary>Fills in a picture of the same width and less height, in the middle; above and below stays what was there.</summary>
    /// <param name="picture">RGB, three bytes for each pixel.</param>
    /// <param name="height">Its height in pixels.</param>
    /// <param name="scale">Each number is multiplied by this.</param>
    public void FillMiddle(ReadOnlySpan<byte> picture, int height, float scale)
    {
        if (picture.Length != 3 * Width * height) throw new ArgumentException($"A picture of {Width} x {height} has {3 * Width * height} bytes, not {picture.Length}.", nameof(picture));
        var (plane, first) = (Width * Height, (Height - height) / 2 * Width);
        for (var (i, at) = (first, 0); at < picture.Length; i++, at += 3)
        {
            Picture[i] = picture[at] * scale;
            Picture[plane + i] = picture[at + 1] * scale;
            Picture[(2 * plane) + i] = picture[at + 2] * scale;
        }
    }

    public void Run() => _session.Run(_options, _inputs, [_picture], _outputs, _values);

    private static SessionOptions Options(InferenceProvider provider)
    {
        var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL };
        if (provider == InferenceProvider.Cpu) return options;
        try
        {
            if (!OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider")) throw new ModelException("This build of the runtime cannot use CUDA. Publish the worker with the package Microsoft.ML.OnnxRuntime.Gpu, or configure the provider cpu.");
            options.AppendExecutionProvider_CUDA();
            return options;
        }
        catch (OnnxRuntimeException fault)
        {
            options.Dispose();
            throw new ModelException($"CUDA cannot be used on this machine: {fault.Message} Configure the provider cpu, or install what is missing.", fault);
        }
        catch (ModelException)
        {
            options.Dispose();
            throw;
        }
    }

    // Some models say only when they run how much they yield.
    private int[][] OutputShapes()
    {
        if (_outputs.FirstOrDefault(output => _session.OutputMetadata[output].ElementDataType != TensorElementType.Float) is { } other) throw new ModelException($"The model yields {other} as {_session.OutputMetadata[other].ElementDataType}, not single-precision numbers.");
        int[][] said = [.. _outputs.Select(output => _session.OutputMetadata[output].Dimensions)];
        if (Array.TrueForAll(said, sizes => Array.TrueForAll(sizes, size => size > 0))) return said;
        using var tried = _session.Run(_options, _inputs, [_picture], _outputs);
        return [.. tried.Select(value => value.GetTensorTypeAndShape().Shape.Select(size => (int)size).ToArray())];
    }

    public void Dispose()
    {
        foreach (var value in _values) value.Dispose();
        _picture.Dispose();
        _options.Dispose();
        _session.Dispose();
    }
}
