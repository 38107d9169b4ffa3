using System.ComponentModel.DataAnnotations;

namespace Anlan.Alarms;

/// <summary>Settings of alarms, section <c>Anlan:Alarms</c>.</summary>
public sealed class AlarmsOptions
{
    /// <summary>Between two looks at the watched conditions. Default 2 s; 1 s to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Between two looks at what is held for a digest. Default 5 s; 1 s to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan DigestInterval { get; set; } = TimeSpan.FromSeconds(5);
}
