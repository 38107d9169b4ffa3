using Anlan.Toolkit.Log;
using Anlan.Toolkit.Webhooks;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;
using Anlan.Welding.Interlock;
using Anlan.Welding.Machines;

namespace Anlan.Welding.Webhooks;

/// <summary>What other systems are told of welding: power on, power off, a start that was refused. Welders appear under their pseudonym in the log.</summary>
internal sealed class WeldingWebhooks(MachineIndex machines) : IWebhookEvents
{
    /// <summary>A machine has power.</summary>
    public const string Powered = "anlan.welding.powered";

    /// <summary>A session is over.</summary>
    public const string Ended = "anlan.welding.ended";

    /// <summary>A start was refused.</summary>
    public const string Refused = "anlan.welding.refused";

    /// <param name="Machine">Its printed code.</param>
    /// <param name="Session">The session.</param>
    public sealed record PowerGiven(string Machine, Guid Enterprise, Guid Session);

    /// <param name="Machine">Its printed code.</param>
    /// <param name="Session">The session.</param>
    /// <param name="Reason">Why; words of docs/protocols/webhooks.md.</param>
    /// <param name="IsConfirmed">False when it is only concluded, from the end of the lease or a restart; the chip's own word may follow.</param>
    public sealed record SessionOver(string Machine, Guid Enterprise, Guid Session, string? Reason, bool IsConfirmed);

    /// <param name="Machine">Its printed code.</param>
    /// <param name="Decision">The decision, with its proof at <c>/api/v1/decisions</c>.</param>
    /// <param name="Welder">Who wanted to start, or null.</param>
    /// <param name="Refusals">Every reason: code, rule, what was found, what the rule allows.</param>
    public sealed record PowerDenied(string Machine, Guid Enterprise, Guid Decision, Guid? Welder, IReadOnlyList<Kernel.Outcomes.Refusal> Refusals);

    public IReadOnlyList<string> Types => [Powered, Ended, Refused];

    public WebhookEvent? Of(LogRecord record) => record.Body switch
    {
        DecisionBody { Grant: null } refused => Tell(Refused, refused.Machine, record.At, machine => new PowerDenied(machine.Code, machine.UserEnterprise.Value, refused.Decision, refused.Person, refused.Refusals)),
        AckBody { Powers: { } session, Machine: { } at } ack => Tell(Powered, at, TimeOf(ack, record), machine => new PowerGiven(machine.Code, machine.UserEnterprise.Value, session)),
        AckBody { Ends: { } session, Machine: { } at } ack => End(at, TimeOf(ack, record), session, ack.Reason?.ToString() ?? ack.Why?.ToString(), isConfirmed: true),
        StateBody { Relay: false, Session: { } session, Machine: { } at } state => End(at, TimeOf(state, record), session, state.Reason.ToString(), isConfirmed: true),
        HelloBody { Ends: { } session, Machine: { } at } => End(at, record.At, session, EndReasons.Restart, isConfirmed: false),
        LapseBody lapse => End(lapse.Machine, lapse.LeaseUntil < record.At ? lapse.LeaseUntil : record.At, lapse.Session, lapse.Reason, isConfirmed: false),
        _ => null,
    };

    private WebhookEvent? End(Guid machine, DateTimeOffset at, Guid session, string? reason, bool isConfirmed) =>
        Tell(Ended, machine, at, of => new SessionOver(of.Code, of.UserEnterprise.Value, session, reason is null ? null : System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(reason), isConfirmed));

    // A machine that is in no register any more belongs to nobody who could be told.
    private WebhookEvent? Tell(string type, Guid id, DateTimeOffset at, Func<MachineFacts, object> data) =>
        machines.Find(new(id)) is { } machine ? new WebhookEvent(type, "machine/" + machine.Code, at, machine.Division, machine.UserEnterprise.Value, data(machine)) : null;

    private static DateTimeOffset TimeOf(IChipBody body, LogRecord record) =>
        body.At is { } ms && DateTimeOffset.FromUnixTimeMilliseconds(ms) is var told && told < record.At ? told : record.At;
}
