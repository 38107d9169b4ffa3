using Anlan.Cameras.Worker.Clips;
using Anlan.Cameras.Worker.Ingest;
using Anlan.Cameras.Worker.Seeing;

namespace Anlan.Cameras.Worker.Pipeline;

/// <summary>What all cameras of a worker share.</summary>
internal sealed record CameraParts(DetectionDesk Desk, IEvidenceTray Tray, ILiveWindow Live, ClipMaker Clips, TimeProvider Clock)
{
    /// <summary>When a camera does not see.</summary>
    public SightSettings Sight { get; init; } = new();

    /// <summary>When a model looks.</summary>
    public GateSettings Gate { get; init; } = new();

    /// <summary>How much clips show.</summary>
    public ClipSpan Span { get; init; } = new();

    /// <summary>How often the rotated passes are made while somebody is in a zone.</summary>
    public TimeSpan LyingEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Where the cameras' views are kept, so that one that was turned while the worker was away is noticed; null = nowhere.</summary>
    public string? Views { get; init; }

    /// <summary>Makes what reads a camera.</summary>
    public required Func<Anlan.Cameras.Sight.Wire.CameraTask, SegmentRing?, IPictureSource> Open { get; init; }

    /// <summary>Makes the ring of a camera's video; null = no clips are made.</summary>
    public Func<Guid, SegmentRing>? Ring { get; init; }
}
