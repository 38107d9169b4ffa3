using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;
using Anlan.Welding.Interlock;
using Anlan.Welding.Machines;
using Anlan.Welding.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Sessions;

/// <summary>Tells sessions from the log, complete also when the start, the end or the measurements arrive late or in another order.</summary>
internal sealed class SessionProjection(MachineIndex machines) : IProjection
{
    private readonly ProjectedRows<SessionId, WeldSession> _lately = new(most: 50_000);

    public async Task ApplyAsync(AnlanDb db, IReadOnlyList<LogRecord> batch, CancellationToken stop)
    {
        var begun = batch.Select(record => record.Body).OfType<DecisionBody>().Select(decision => decision.Grant?.Session).ToHashSet();
        var named = batch.Select(SessionOf).OfType<Guid>().Where(id => !begun.Contains(id)).Select(id => new SessionId(id));
        var rows = await _lately.TakeAsync(named, missing => db.Set<WeldSession>().AsNoTracking().Where(row => missing.Contains(row.Id)).ToDictionaryAsync(row => row.Id, stop));
        foreach (var record in batch)
        {
            if (record.Body is DecisionBody { Grant: { } grant } decision)
            {
                var row = Begin(decision, grant, record);
                rows[row.Id] = row;
                continue;
            }

            if (SessionOf(record) is not { } id || !rows.TryGetValue(new SessionId(id), out var session)) continue;
            var wasOpen = session.EndedAt is null;
            Take(session, record);
            if (wasOpen && session.EndedAt is { } ended)
            {
                db.Publish(new WeldSessionEnded(session.Id, session.Machine, session.Person, session.StartedAt, ended, session.EndReason ?? EndReasons.LeaseEnd));
            }
        }

        foreach (var row in rows.Values)
        {
            db.Put(row);
            if (row.IsEndConfirmed) _lately.Forget(row.Id);
            else _lately.Keep(row.Id, row);
        }
    }

    public void OnSaved(IReadOnlyList<LogRecord> batch) => _lately.Saved();

    private static Guid? SessionOf(LogRecord record) => record.Body switch
    {
        DecisionBody decision => decision.Grant?.Session,
        RenewalBody renewal => renewal.Grant.Session,
        RevocationBody revocation => revocation.Session,
        LapseBody lapse => lapse.Session,
        HelloBody hello => hello.Ends,
        AckBody ack => ack.Ends ?? ack.Powers ?? ack.Ended ?? (ack.Reason == RelayReason.Grant ? ack.Session : null),
        StateBody state => state.Session,
        TelemetryBody telemetry => telemetry.Session,
        _ => null,
    };

    private WeldSession Begin(DecisionBody decision, GrantBody grant, LogRecord record) => new()
    {
        Id = new SessionId(grant.Session),
        Seq = record.Seq,
        Machine = new MachineId(decision.Machine),
        Person = new PersonId(decision.Person!.Value),
        Enterprise = new EnterpriseId(decision.Enterprise!.Value),
        Division = machines.Find(new MachineId(decision.Machine))?.Division,
        Chip = decision.Chip!,
        Certificate = grant.Certificate,
        StartedAt = record.At,
        LeaseUntil = grant.LeaseUntil,
    };

    private static void Take(WeldSession session, LogRecord record)
    {
        switch (record.Body)
        {
            case RenewalBody renewal:
                session.LeaseUntil = renewal.Grant.LeaseUntil;
                break;
            case RevocationBody revocation:
                session.RevokeReason = revocation.Reason;
                break;
            case AckBody { Reason: RelayReason.Grant } ack:
                session.PoweredAt = ChipTime(ack, record, session);
                break;
            case AckBody { Ended: not null, Reason: { } reason } ack:
                End(session, ChipTime(ack, record, session), session.RevokeReason ?? Camel(reason), isConfirmed: true);
                break;
            case AckBody { Powers: not null } ack:
                session.PoweredAt ??= ChipTime(ack, record, session);
                break;
            case AckBody { Ends: not null }:
                End(session, record.At, session.RevokeReason ?? EndReasons.RefusedByChip, isConfirmed: true);
                break;
            case StateBody { Relay: true } state:
                session.PoweredAt = ChipTime(state, record, session);
                break;
            case StateBody state:
                var isTold = state.Reason is RelayReason.Stop or RelayReason.Revoke;
                End(session, ChipTime(state, record, session), isTold ? session.RevokeReason ?? Camel(state.Reason) : Camel(state.Reason), isConfirmed: true);
                break;
            case HelloBody:
                End(session, session.LastMeasuredAt ?? record.At, EndReasons.Restart, isConfirmed: false);
                break;
            case LapseBody lapse:
                End(session, lapse.LeaseUntil < record.At ? lapse.LeaseUntil : record.At, lapse.Reason, isConfirmed: false);
                break;
            case TelemetryBody telemetry:
                Measure(session, telemetry, record);
                break;
        }
    }

    /// <summary>The chip's own word about the end replaces a conclusion, whenever it arrives; the first word stands.</summary>
    private static void End(WeldSession session, DateTimeOffset at, string reason, bool isConfirmed)
    {
        if (session.EndedAt is not null && (session.IsEndConfirmed || !isConfirmed)) return;
        (session.EndedAt, session.EndReason, session.IsEndConfirmed) = (at, reason, isConfirmed);
    }

    private static void Measure(WeldSession session, TelemetryBody telemetry, LogRecord record)
    {
        var sum = ArcSum.Of(telemetry.Points);
        session.ArcSeconds += sum.Seconds;
        session.ArcJoules += sum.Joules;
        session.PeakAmperes = Math.Max(session.PeakAmperes, sum.PeakAmperes);
        var last = telemetry.Points[^1].T is { } t ? DateTimeOffset.FromUnixTimeMilliseconds(t) : ChipTime(telemetry, record, session);
        if (session.LastMeasuredAt is null || last > session.LastMeasuredAt) session.LastMeasuredAt = last;
        // Nobody saw a power cut: it came after the last measurement, which may be rolled up after the restart was told.
        if (session is { EndReason: EndReasons.Restart, IsEndConfirmed: false }) session.EndedAt = session.LastMeasuredAt;
    }

    // The chip's clock is set by us and checked by itself; a time before the decision or after receipt is still no time of this session.
    private static DateTimeOffset ChipTime(IChipBody body, LogRecord record, WeldSession session)
    {
        if (body.At is not { } ms) return record.At;
        var at = DateTimeOffset.FromUnixTimeMilliseconds(ms);
        return at > record.At ? record.At : at < session.StartedAt ? session.StartedAt : at;
    }

    private static string Camel(Enum value) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
