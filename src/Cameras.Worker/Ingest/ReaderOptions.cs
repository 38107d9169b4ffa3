using Anlan.Cameras.Sight.Wire;

namespace Anlan.Cameras.Worker.Ingest;

/// <summary>How cameras are read.</summary>
internal sealed record ReaderOptions
{
    /// <summary>The program that reads video.</summary>
    public string Program { get; init; } = "ffmpeg";

    /// <summary>Pictures a second that are wanted; a camera that has fewer gives all.</summary>
    public double Rate { get; init; } = 5;

    /// <summary>Without a whole picture for so long, reading begins anew.</summary>
    public TimeSpan PictureWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The same for the first picture: a camera begins with its next whole picture, which some send only every ten seconds.</summary>
    public TimeSpan FirstPictureWithin { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>After so many new beginnings within an hour there is one every <see cref="SlowWait"/> only.</summary>
    public int RestartsAnHour { get; init; } = 60;

    /// <summary>See <see cref="RestartsAnHour"/>.</summary>
    public TimeSpan SlowWait { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How far addresses may reach at most.</summary>
    public AddressReach Reach { get; init; } = AddressReach.OwnNetwork;

    /// <summary>True = files are read at the pace at which they were taken, again and again, as a camera would.</summary>
    public bool FilesAsCameras { get; init; } = true;

    /// <summary>Seconds of a piece of what is kept for clips; null = nothing is kept.</summary>
    public int? SegmentSeconds { get; init; } = 2;
}
