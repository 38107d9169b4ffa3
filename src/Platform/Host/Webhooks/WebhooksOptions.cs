using System.ComponentModel.DataAnnotations;

namespace Anlan.Host.Webhooks;

/// <summary>How other systems are told, section <c>Anlan:Webhooks</c>.</summary>
internal sealed class WebhooksOptions
{
    public const string Section = "Anlan:Webhooks";

    /// <summary>True: receivers may lie in the server's own network, as they do where city systems share one. Default false.</summary>
    public bool AllowOwnNetwork { get; set; }

    /// <summary>True: addresses may begin with http. Default false: what machines do is nobody else's business.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Longest wait for an answer. Default 10 s; 1 s to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>For so long an event waits for a receiver that cannot be reached; then it is put aside and the next one is tried. Default 1 day; 1 min to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Answers other than 2xx to one event, after which it is put aside. Default 5; 1 to 50.</summary>
    [Range(1, 50)]
    public int MostRefusals { get; set; } = 5;
}
