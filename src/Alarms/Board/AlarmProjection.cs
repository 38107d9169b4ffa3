using Anlan.Alarms.Delivery;
using Anlan.Alarms.Feedback;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Alarms;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Places;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Logging;

namespace Anlan.Alarms.Board;

/// <summary>
/// Makes alarms of what the log tells: one open alarm for each condition, whatever is repeated, and the steps of people in the order in which they were written down. A step that
/// does not fit the state any more is passed over: somebody else was first.
/// </summary>
internal sealed partial class AlarmProjection(AlarmBoard board, AlarmKinds kinds, IEnumerable<IAlarmTeller> tellers, LiveFeed feed, ILogger<AlarmProjection> logger) : IProjection
{
    /// <summary>A module could not say whether an entry of the log is a condition: for whoever runs the installation.</summary>
    public static readonly AlarmKind Faulty = new("alarms.faulty", typeof(Words), AlarmSeverity.Warning, AlarmOwner.Installation);

    private readonly IReadOnlyList<IAlarmTeller> _tellers = [.. tellers];
    private readonly Dictionary<long, Alarm> _changed = [];
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly List<AlarmStep> _silenced = [];
    private AnlanDb? _db;

    public async Task ApplyAsync(AnlanDb db, IReadOnlyList<LogRecord> batch, CancellationToken stop)
    {
        // What a failed transaction left here was never written.
        _changed.Clear();
        _numbers.Clear();
        _silenced.Clear();
        await board.LoadAsync(db, stop);
        _db = db;
        foreach (var record in batch)
        {
            if (record.Body is StepBody step) Apply(step, record);
            else Apply(SignalsOf(record), record);
            if (record.Body is PushBody push) Put(record, push);
        }

        // The older first: an alarm that ended gives its key free before another takes it.
        foreach (var (_, alarm) in _changed.OrderBy(pair => pair.Key)) db.Put(alarm);
    }

    public void OnSaved(IReadOnlyList<LogRecord> batch)
    {
        if (_changed.Count == 0) return;
        foreach (var step in _silenced) board.Silence(step);
        board.Take(_changed.OrderBy(pair => pair.Key).Select(pair => pair.Value));
        _changed.Clear();
        feed.Tell(AlarmBoard.Topic);
    }

    private IReadOnlyList<AlarmSignal> SignalsOf(LogRecord record)
    {
        if (record.Body is ConditionBody told) return kinds.Find(told.Kind) is { } kind ? [Read(told, kind, record.At)] : [];
        foreach (var teller in _tellers)
        {
            try
            {
                if (teller.Tell(record) is { Count: > 0 } signals) return signals;
            }
            catch (Exception failed)
            {
                // A fault of one module must not keep every read table from going on; what may have been a condition is an alarm all the same.
                LogFailed(failed, teller.GetType().Name, record.Seq);
                return [new AlarmSignal(Faulty, "teller/" + teller.GetType().Name, teller.GetType().Name, record.At) { Measured = FactValue.Count(record.Seq) }];
            }
        }

        return [];
    }

    // What is over first: its key may be free for what begins.
    private void Apply(IReadOnlyList<AlarmSignal> signals, LogRecord record)
    {
        foreach (var over in signals.Where(signal => signal.IsOver)) Apply(over, record);
        if (signals.SingleOrDefault(signal => !signal.IsOver) is { } begins) Apply(begins, record);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Teller} failed at log entry {Entry}; that is an alarm of its own")]
    private partial void LogFailed(Exception failed, string teller, long entry);

    private static AlarmSignal Read(ConditionBody told, AlarmKind kind, DateTimeOffset at) => new(kind, told.Subject, told.Name, at)
    {
        IsOver = told.IsOver,
        Lasts = true,
        Enterprise = told.Enterprise,
        Division = told.Division is { } division ? new DivisionCode(division) : null,
        Measured = told.Measured,
        Limit = told.Limit,
        Rule = told.Rule,
        RuleOn = told.RuleOn,
        Place = told is { Lat: { } latitude, Lon: { } longitude } ? new GeoPoint(latitude, longitude) : null,
    };

    private void Apply(AlarmSignal signal, LogRecord record)
    {
        var alarm = FindByKey(signal.Key);
        if (signal.IsOver)
        {
            if (alarm is { IsLasting: true }) End(alarm, signal, record);
        }
        else if (alarm is { IsOpen: true } or { IsLasting: true })
        {
            Repeat(alarm, signal);
        }
        else
        {
            Raise(signal, record);
        }
    }

    private void Raise(AlarmSignal signal, LogRecord record)
    {
        var alarm = new Alarm
        {
            Number = record.Seq,
            Kind = signal.Kind.Key,
            Key = signal.Key,
            OpenKey = signal.Key,
            Subject = signal.Subject,
            Source = signal.Source ?? signal.Subject,
            Name = signal.Name,
            Enterprise = signal.Enterprise is { } enterprise ? new EnterpriseId(enterprise) : null,
            Division = signal.Division,
            Severity = signal.Kind.Severity,
            RaisedAt = signal.At,
        };
        Note(alarm, signal);
        Keep(alarm);
        Put(record, alarm, AlarmAct.Raise);
        _db!.Publish(new AlarmToTell(alarm.Number, 0));
    }

    private void Repeat(Alarm known, AlarmSignal signal) => Note(Change(known), signal);

    // The newest measurement is shown; the first one stays in the entry that raised the alarm.
    private static void Note(Alarm alarm, AlarmSignal signal)
    {
        alarm.Times++;
        alarm.LastAt = signal.At;
        alarm.IsLasting = signal.Lasts;
        (alarm.MeasuredKind, alarm.Measured) = (signal.Measured?.Kind, signal.Measured?.Value);
        (alarm.LimitKind, alarm.Limit) = (signal.Limit?.Kind, signal.Limit?.Value);
        (alarm.Rule, alarm.RuleOn) = (signal.Rule, signal.RuleOn);
        (alarm.Latitude, alarm.Longitude) = (signal.Place?.Latitude, signal.Place?.Longitude);
        alarm.Picture = signal.Picture ?? alarm.Picture;
    }

    private void End(Alarm known, AlarmSignal signal, LogRecord record)
    {
        var alarm = Change(known);
        alarm.IsLasting = false;
        if (signal.Kind.ClosesItself && alarm.IsOpen) Move(alarm, AlarmState.Closed, record.At);
        Put(record, alarm, AlarmAct.Over);
    }

    private void Apply(StepBody step, LogRecord record)
    {
        if (Find(step.Alarm) is not { IsOpen: true } known) return;
        if (step.Act == AlarmAct.Escalate)
        {
            if (known.State != AlarmState.Raised || step.Level != known.Level + 1) return;
            Change(known).Level = step.Level.Value;
            _db!.Publish(new AlarmToTell(known.Number, step.Level.Value));
        }
        else if (AlarmRule.Check(known, step.Act) is not null)
        {
            return;
        }

        var alarm = Change(known);
        if (step.Act == AlarmAct.Acknowledge || (step.Act == AlarmAct.Arrive && alarm.AcknowledgedAt is null)) (alarm.AcknowledgedAt, alarm.AcknowledgedBy) = (record.At, step.Account);
        Move(alarm, AlarmRule.After(alarm.State, step.Act), record.At);
        var taken = new AlarmStep
        {
            Seq = record.Seq,
            Alarm = step.Alarm,
            Act = step.Act,
            At = record.At,
            Side = step.Side,
            Account = step.Account == Guid.Empty ? null : step.Account,
            Organ = step.Organ is { } organ ? new OrganId(organ) : null,
            Enterprise = step.Enterprise is { } enterprise ? new EnterpriseId(enterprise) : null,
            Latitude = step.Lat,
            Longitude = step.Lon,
            Note = step.Note,
            Level = step.Level,
            OnBehalfOf = step.For,
            ApiKey = step.ApiKey,
        };
        _db!.Put(taken);
        if (step.Act == AlarmAct.Silence) _silenced.Add(taken);
        if (step.Act is AlarmAct.Verify or AlarmAct.MarkFalse) _db!.Publish(new AlarmJudged(step.Alarm, alarm.Kind, alarm.Subject, step.Act == AlarmAct.Verify, record.At));
        if (step.Act == AlarmAct.Refer) _db!.Publish(new AlarmReferred(step.Alarm, alarm.Kind, alarm.Name, alarm.Enterprise, alarm.Division, record.At, step.Account));
    }

    private static void Move(Alarm alarm, AlarmState state, DateTimeOffset at)
    {
        if (state == alarm.State) return;
        alarm.State = state;
        switch (state)
        {
            case AlarmState.OnSite: alarm.OnSiteAt = at; break;
            case AlarmState.Verified or AlarmState.False: alarm.JudgedAt = at; break;
            case AlarmState.Handled: alarm.HandledAt = at; break;
        }

        if (AlarmRule.IsOpen(state)) return;
        (alarm.EndedAt, alarm.OpenKey) = (at, null);
    }

    private void Put(LogRecord record, Alarm alarm, AlarmAct act) => _db!.Put(new AlarmStep { Seq = record.Seq, Alarm = alarm.Number, Act = act, At = record.At, Side = AlarmSide.Platform });

    private void Put(LogRecord record, PushBody push) => _db!.Put(new AlarmStep { Seq = record.Seq, Alarm = push.Alarm, Act = AlarmAct.Push, At = record.At, Side = AlarmSide.Platform, Level = push.Level, Told = push.ToEnterprise + push.ToOthers, Messages = push.Messages });

    private Alarm? Find(long number) => _changed.GetValueOrDefault(number) ?? board.Find(number);

    private Alarm? FindByKey(string key) => _numbers.TryGetValue(key, out var number) ? _changed[number] : board.FindByKey(key) is { } known ? Find(known.Number) : null;

    private Alarm Change(Alarm known)
    {
        if (_changed.TryGetValue(known.Number, out var alarm)) return alarm;
        alarm = known.Copy();
        Keep(alarm);
        return alarm;
    }

    private void Keep(Alarm alarm) => (_changed[alarm.Number], _numbers[alarm.Key]) = (alarm, alarm.Number);
}
