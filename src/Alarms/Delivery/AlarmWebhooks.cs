using Anlan.Kernel.Divisions;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Webhooks;

namespace Anlan.Alarms.Delivery;

/// <summary>What other systems are told of alarms.</summary>
internal sealed class AlarmWebhooks : IWebhookEvents
{
    /// <summary>An alarm was told to both sides.</summary>
    public const string Raised = "anlan.alarm.raised";

    /// <summary>Nobody took it over; the next level was told.</summary>
    public const string Escalated = "anlan.alarm.escalated";

    /// <param name="Alarm">Its number, at <c>/api/v1/alarms</c>.</param>
    /// <param name="Kind">Key of its kind.</param>
    /// <param name="Severity">How bad it is.</param>
    /// <param name="Name">What people call the subject.</param>
    /// <param name="Enterprise">Whose, or null.</param>
    /// <param name="Level">The level that was told.</param>
    public sealed record Told(long Alarm, string Kind, AlarmSeverity Severity, string Name, Guid? Enterprise, int Level);

    public IReadOnlyList<string> Types => [Raised, Escalated];

    public WebhookEvent? Of(LogRecord record) => record.Body is PushBody push
        ? new WebhookEvent(push.Level == 0 ? Raised : Escalated, push.Subject.StartsWith("machine/", StringComparison.Ordinal) ? "machine/" + push.Name : push.Subject, record.At, push.Division is { } division ? new DivisionCode(division) : null, push.Enterprise, new Told(push.Alarm, push.Kind, push.Severity, push.Name, push.Enterprise, push.Level))
        : null;
}
