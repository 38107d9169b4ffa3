using System.Diagnostics;
using Anlan.Cameras.Sight.Tracking;
using Anlan.Cameras.Worker.Detection;

namespace Anlan.Benchmarks.Detection;

/// <summary>Runs the bare model beside every few detections: side by side, so that whatever else the machine does slows both.</summary>
internal sealed class PacedDetector(IPersonDetector detector, OnnxModel bare) : IPersonDetector
{
    private const int Every = 4;
    private readonly List<double> _detected = [];
    private readonly List<double> _bare = [];
    private int _pictures;

    public string Model => detector.Model;

    public string Hash => detector.Hash;

    public float Threshold => detector.Threshold;

    public (int Width, int Height) Size => detector.Size;

    /// <summary>How long the bare loop took altogether.</summary>
    public TimeSpan BareSpent { get; private set; }

    /// <summary>Milliseconds of a detection: the middle one of those beside which the bare model ran.</summary>
    public double DetectMilliseconds => Middle(_detected);

    /// <summary>Milliseconds of the bare model for a picture: the middle one.</summary>
    public double BareMilliseconds => Middle(_bare);

    public IReadOnlyList<PersonBox> Detect(ReadOnlySpan<byte> picture, float least)
    {
        // Now before, now after it: whoever comes second finds warm memory, or has used up his share of a busy processor.
        var turn = _pictures++ % (2 * Every);
        if (turn == Every) RunBare();
        var from = Stopwatch.GetTimestamp();
        var people = detector.Detect(picture, least);
        if (turn is not (Every or (2 * Every) - 1)) return people;
        _detected.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
        if (turn != Every) RunBare();
        return people;
    }

    private void RunBare()
    {
        var from = Stopwatch.GetTimestamp();
        bare.Run();
        var ran = Stopwatch.GetElapsedTime(from);
        _bare.Add(ran.TotalMilliseconds);
        BareSpent += ran;
    }

    public void Dispose()
    {
        detector.Dispose();
        bare.Dispose();
    }

    private static double Middle(List<double> all) => all.Order().ElementAt(all.Count / 2);
}
