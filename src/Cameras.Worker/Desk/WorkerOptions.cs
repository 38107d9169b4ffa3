using Anlan.Cameras.Worker.Clips;
using Anlan.Cameras.Worker.Ingest;

namespace Anlan.Cameras.Worker.Desk;

/// <summary>How a worker works.</summary>
internal sealed record WorkerOptions
{
    /// <summary>Address of the server.</summary>
    public required Uri Server { get; init; }

    /// <summary>Key of the worker.</summary>
    public required string Key { get; init; }

    /// <summary>Name of the worker, at most 80 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Folder of what waits for delivery, of the last minute of video and of what is kept from one start to the next.</summary>
    public required string Folder { get; init; }

    /// <summary>PEM file of those who may vouch for the server; null = whom this machine trusts.</summary>
    public string? Authorities { get; init; }

    /// <summary>How cameras are read.</summary>
    public ReaderOptions Reader { get; init; } = new();

    /// <summary>How many pictures are looked at side by side.</summary>
    public int Detectors { get; init; } = Environment.ProcessorCount;

    /// <summary>Most bytes that wait for delivery.</summary>
    public long SpoolBytes { get; init; } = 2_000_000_000;

    /// <summary>Most bytes of a camera's last minute of video.</summary>
    public long RingBytes { get; init; } = 200_000_000;

    /// <summary>How much clips show.</summary>
    public ClipSpan Span { get; init; } = new();

    /// <summary>False = no clips are made and no video is written to the disk.</summary>
    public bool HasClips { get; init; } = true;
}
