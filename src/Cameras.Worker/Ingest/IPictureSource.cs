namespace Anlan.Cameras.Worker.Ingest;

/// <summary>Where a camera's pictures come from.</summary>
internal interface IPictureSource
{
    /// <summary>How often reading was begun anew within the last hour.</summary>
    int Restarts { get; }

    /// <summary>What the last attempt to read said, without any address; null while pictures come.</summary>
    string? Fault { get; }

    /// <summary>Hands over each picture until it is stopped; whoever takes one gives it back.</summary>
    Task RunAsync(Action<Picture> take, CancellationToken stop);
}
