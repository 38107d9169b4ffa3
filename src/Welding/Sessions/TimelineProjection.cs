using System.Text.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Ui;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;
using Anlan.Welding.Interlock;
using Anlan.Welding.Live;
using Anlan.Welding.Machines;

namespace Anlan.Welding.Sessions;

/// <summary>Tells each machine's timeline and the refused starts from the log.</summary>
internal sealed class TimelineProjection(MachineIndex machines, LiveFeed feed) : IProjection
{
    public Task ApplyAsync(AnlanDb db, IReadOnlyList<LogRecord> batch, CancellationToken stop)
    {
        foreach (var record in batch)
        {
            if (LineOf(record) is { } line) db.Put(line);
            if (record.Body is DecisionBody { Grant: null } refused) Refuse(db, refused, record);
            if (record.Body is IChipBody { Machine: { } machine } and (StrayBody or EventBody { Kind: ChipEventKind.ArcWithoutGrant }))
            {
                db.Publish(new ArcWithoutGrant(new MachineId(machine), record.At));
            }
        }

        return Task.CompletedTask;
    }

    public void OnSaved(IReadOnlyList<LogRecord> batch) => feed.Tell(TellPages.History);

    private static MachineEvent? LineOf(LogRecord record) => record.Body switch
    {
        DecisionBody { Grant: { } grant } d => Line(record, d.Machine, MachineEventKinds.Granted, null, grant.Session, d.Person),
        DecisionBody d => Line(record, d.Machine, MachineEventKinds.Refused, d.Refusals[0].Code, null, d.Person),
        RenewalBody r => Line(record, r.Machine, MachineEventKinds.Renewed, null, r.Grant.Session, r.Person),
        RevocationBody r => Line(record, r.Machine, MachineEventKinds.Revoked, r.Reason, r.Session, r.Person),
        LapseBody l => Line(record, l.Machine, MachineEventKinds.Lapsed, l.Reason, l.Session, l.Person),
        HelloBody { Machine: { } m } h => Line(record, m, MachineEventKinds.Online, h.Ends is null ? null : EndReasons.Restart, h.Ends, null, ChipTime(h.At)),
        OfflineBody { Machine: { } m } => Line(record, m, MachineEventKinds.Offline, null, null, null),
        StateBody { Machine: { } m, Relay: true } s => Line(record, m, MachineEventKinds.PowerOn, null, s.Session, null, ChipTime(s.At)),
        StateBody { Machine: { } m, Reason: not RelayReason.Restart } s => Line(record, m, MachineEventKinds.PowerOff, Camel(s.Reason), s.Session, null, ChipTime(s.At)),
        AckBody { Machine: { } m, Reason: RelayReason.Grant } a => Line(record, m, MachineEventKinds.PowerOn, null, a.Session, null, ChipTime(a.At)),
        AckBody { Machine: { } m, Reason: { } reason } a => Line(record, m, MachineEventKinds.PowerOff, Camel(reason), a.Ended, null, ChipTime(a.At)),
        AckBody { Machine: { } m, Why: { } why } a => Line(record, m, MachineEventKinds.ChipRefused, Camel(why), a.Ends, null, ChipTime(a.At)),
        AckBody { Machine: { } m, ClearsTamper: true } a => Line(record, m, MachineEventKinds.TamperCleared, null, null, null, ChipTime(a.At)),
        EventBody { Machine: { } m, Kind: ChipEventKind.ArcWithoutGrant } e => Line(record, m, MachineEventKinds.ArcWithoutGrant, null, null, null, ChipTime(e.At), e.Value),
        EventBody { Machine: { } m } e => Line(record, m, MachineEventKinds.Alarm, Camel(e.Kind), null, null, ChipTime(e.At), e.Value),
        StrayBody { Machine: { } m } s => Line(record, m, MachineEventKinds.ArcWithoutGrant, null, s.Session, null, ChipTime(s.At), s.PeakAmperes),
        _ => null,
    };

    private static MachineEvent Line(LogRecord record, Guid machine, string kind, string? reason, Guid? session, Guid? person, DateTimeOffset? at = null, double? value = null) => new()
    {
        Seq = record.Seq,
        Machine = new MachineId(machine),
        At = at is { } told && told < record.At ? told : record.At,
        HeardAt = record.At,
        Kind = kind,
        Reason = reason,
        Session = session,
        Person = person is { } p ? new PersonId(p) : null,
        Value = value,
    };

    private void Refuse(AnlanDb db, DecisionBody refused, LogRecord record)
    {
        var machine = new MachineId(refused.Machine);
        var code = refused.Refusals[0].Code;
        db.Put(new RefusedStart
        {
            Id = refused.Decision,
            Seq = record.Seq,
            Machine = machine,
            Person = refused.Person is { } person ? new PersonId(person) : null,
            Enterprise = refused.Enterprise is { } enterprise ? new EnterpriseId(enterprise) : null,
            Division = machines.Find(machine)?.Division,
            At = record.At,
            Code = code,
            IsUnlicensed = refused.Refusals.Any(refusal => RefusedStart.SpeaksOfCertificate(refusal.Code)),
            Refusals = JsonSerializer.Serialize(refused.Refusals, JsonSerializerOptions.Web),
        });
        if (refused.Person is { } welder) db.Publish(new StartRefused(machine, new PersonId(welder), record.At, code));
    }

    private static DateTimeOffset? ChipTime(long? at) => at is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    private static string Camel(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
