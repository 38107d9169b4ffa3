using System.ComponentModel.DataAnnotations;

namespace Anlan.Cameras;

/// <summary>Settings of cameras, section <c>Anlan:Cameras</c>.</summary>
public sealed class CamerasOptions
{
    /// <summary>For so long a worker's cameras stay its own without a word from it. Default 10 s; 4 s to 5 min. They run elsewhere at most five seconds later.</summary>
    [Range(typeof(TimeSpan), "00:00:04", "00:05:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two looks at cameras without a worker. Default 2 s; 1 s to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Takes addresses of files: for demonstrations and measurements, never for plants. Default false.</summary>
    public bool AllowFiles { get; set; }

    /// <summary>
    /// Lets workers of organs, which run beside the server, read from addresses in their own network. Default false: whoever enters a camera must not reach the server's neighbours through it. Workers
    /// of enterprises may always: a plant's cameras are in the plant's network.
    /// </summary>
    public bool AllowOwnNetwork { get; set; }
}
