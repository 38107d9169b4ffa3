using Anlan.Kernel.Divisions;
using Anlan.Toolkit.Log;

namespace Anlan.Toolkit.Webhooks;

/// <summary>What a module tells other systems about, read from entries of the log: what is not in the log did not happen.</summary>
public interface IWebhookEvents
{
    /// <summary>All types of events that it tells, for example <c>anlan.welding.powered</c>; each has the words <c>Webhooks.Type.{type}</c>.</summary>
    IReadOnlyList<string> Types { get; }

    /// <summary>The event of an entry, or null when the entry tells nothing to others.</summary>
    WebhookEvent? Of(LogRecord record);
}

/// <summary>Something that other systems are told. Without names, numbers of identity cards and telephones: what a receiver may know of people it knows already, or asks with a key.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Subject">What it is about, for example <c>machine/YH-0001</c>.</param>
/// <param name="At">When it happened, UTC.</param>
/// <param name="Division">Where.</param>
/// <param name="Enterprise">At whose place; null where nobody's.</param>
/// <param name="Data">What the receiver gets, written as JSON in camel case.</param>
public sealed record WebhookEvent(string Type, string Subject, DateTimeOffset At, DivisionCode? Division, Guid? Enterprise, object Data);
