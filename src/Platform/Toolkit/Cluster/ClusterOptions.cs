using System.ComponentModel.DataAnnotations;

namespace Anlan.Toolkit.Cluster;

/// <summary>How processes find each other and when one takes over, section <c>Anlan:ClusterTimes</c>.</summary>
public sealed class ClusterOptions
{
    /// <summary>How often the deciding process shows that it lives. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10")]
    public TimeSpan Beat { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long it may decide after the last beat that the database confirmed. Default 4 s, at least two beats.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>Silence after which the others end its connections to the database. Longer than the lease. Default 5.5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(5.5);

    /// <summary>How often a process looks who decides. Default 0.2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:05")]
    public TimeSpan Look { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long requests and messages wait for a deciding process before they are refused. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a process that was asked to stop goes on serving while the balancer takes it out. Default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Drain { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>What is wrong with the times together, or null.</summary>
    public static bool AreInOrder(ClusterOptions times) => times.Beat + times.Beat <= times.Lease && times.Lease < times.Silence;
}
