using System.ComponentModel.DataAnnotations;

namespace Anlan.Host.Operations.Figures;

/// <summary>When the figures of the running system become an alarm, section <c>Anlan:Operations</c>.</summary>
internal sealed class OperationsOptions
{
    /// <summary>How often the figures are measured. Default 5 s; 1 s to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a figure has to stand at its limit or above, without a pause, until it is an alarm. Default 1 min; 0 to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RaiseAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long it has to stand below, without a pause, until the alarm is over. Default 1 min; 0 to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ClearAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Log entries that the read tables lack. Default 50,000; 100 to 100,000,000.</summary>
    [Range(100, 100_000_000)]
    public int IngestEntries { get; set; } = 50_000;

    /// <summary>Age of the oldest measurements that are not rolled up. Default 2 min; 10 s to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan TelemetryLag { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Slowest of a hundred commits of the log. Default 1 s; 10 ms to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan CommitTime { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Batches that the log could not write within a minute. Default 1; 1 to 1,000.</summary>
    [Range(1, 1_000)]
    public int CommitFailures { get; set; } = 1;

    /// <summary>Age of the oldest event that a subscriber lacks. Default 5 min; 1 s to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan OutboxLag { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Events that wait for a subscriber. Default 10,000; 10 to 10,000,000.</summary>
    [Range(10, 10_000_000)]
    public int OutboxWaiting { get; set; } = 10_000;

    /// <summary>Grants that no chip has acknowledged. Default 50; 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int UnacknowledgedGrants { get; set; } = 50;

    /// <summary>Age of the oldest grant that no chip has acknowledged; it is given up at the end of its window anyway. Default 2 min; 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan UnacknowledgedGrantAge { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The limit of a figure of which the rule book does not speak, in its unit.</summary>
    public double LimitOf(string figure) => figure switch
    {
        "ingest.entries" => IngestEntries,
        "telemetry.lag" => TelemetryLag.TotalSeconds,
        "commit.time" => CommitTime.TotalSeconds,
        "commit.failures" => CommitFailures,
        "outbox.lag" => OutboxLag.TotalSeconds,
        "outbox.waiting" => OutboxWaiting,
        "grants.unacknowledged" => UnacknowledgedGrants,
        "grants.age" => UnacknowledgedGrantAge.TotalSeconds,
        _ => throw new InvalidOperationException($"The figure {figure} has no limit among the operations' options."),
    };
}
