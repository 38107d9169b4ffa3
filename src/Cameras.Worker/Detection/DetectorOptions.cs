namespace Anlan.Cameras.Worker.Detection;

/// <summary>Which model finds people.</summary>
internal enum DetectorKind
{
    /// <summary>CenterNet on MobileNetV3, 512 x 288.</summary>
    CenterNet,

    /// <summary>SSDLite on MobileNetV2, 416 x 256.</summary>
    Ssd,

    /// <summary>A model of the user's own.</summary>
    Onnx,
}

/// <summary>What finds people, and how. All but the last four concern every model.</summary>
internal sealed record DetectorOptions
{
    /// <summary>Which model.</summary>
    public DetectorKind Kind { get; init; } = DetectorKind.CenterNet;

    /// <summary>Folder of the packages that bring the models; null = <c>node_modules</c> beside the program or above it.</summary>
    public string? Packages { get; init; }

    /// <summary>Folder in which converted models are kept; null = they are converted at each start, which takes less than a second.</summary>
    public string? Cache { get; init; }

    /// <summary>What it runs on.</summary>
    public InferenceProvider Provider { get; init; } = InferenceProvider.Cpu;

    /// <summary>From which score on a sighting is a person, 0.05 to 0.95.</summary>
    public float Threshold { get; init; } = IPersonDetector.UsualThreshold;

    /// <summary>Of one's own model: its file.</summary>
    public string? Path { get; init; }

    /// <summary>Of one's own model: name and version for the evidence; null = the file's name.</summary>
    public string? Name { get; init; }

    /// <summary>Of one's own model: what it tells apart, in its order.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Of one's own model: which of these are people.</summary>
    public IReadOnlyList<string> Person { get; init; } = [];

    /// <summary>Of one's own model: under which licence it is used. Whoever brings a model says so, because nobody else can know.</summary>
    public string? Licence { get; init; }

    /// <summary>Of one's own model that takes pictures of any size: width in pixels.</summary>
    public int Width { get; init; } = 640;

    /// <summary>Of one's own model that takes pictures of any size: height in pixels.</summary>
    public int Height { get; init; } = 384;
}
