using Anlan.Alarms;
using Anlan.Alarms.Board;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Anlan.Tests.Alarms.Board;

/// <summary>One open alarm for each condition, on both databases, whatever is repeated, fails or comes late.</summary>
public sealed class AlarmProjectionTests : IAsyncLifetime
{
    private static readonly AlarmKind Gas = new("test.gas", typeof(Words), AlarmSeverity.Severe);
    private static readonly AlarmKind Idle = new("test.idle", typeof(Words), AlarmSeverity.Notice) { ClosesItself = true };
    private static readonly AlarmKind Moved = new("test.moved", typeof(Words), AlarmSeverity.Warning);
    private static readonly DateTimeOffset Begin = new(2040, 3, 5, 1, 0, 0, TimeSpan.Zero);
    private readonly AlarmBoard _board = new();
    private ModuleHost _host = null!;
    private AlarmProjection _projection = null!;
    private long _seq;

    public async ValueTask InitializeAsync()
    {
        _host = await ModuleHost.StartAsync(new AlarmsModule(), (_, _) => { }, _ => { });
        _projection = Projection(_board);
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task What_is_told_again_is_counted_in_the_one_alarm_and_shows_the_newest_measurement()
    {
        await TellAsync(Signal(Gas, "machine/1"), Signal(Gas, "machine/2"), Signal(Gas, "machine/1") with { Measured = FactValue.Count(7) });
        await TellAsync(Signal(Gas, "machine/1") with { Measured = FactValue.Count(9) });

        var alarms = await AlarmsAsync();
        Assert.Equal([(1L, "machine/1", 3), (2L, "machine/2", 1)], alarms.Select(alarm => (alarm.Number, alarm.Subject, alarm.Times)));
        Assert.Equal("9", alarms[0].Measured);
        Assert.Equal([AlarmAct.Raise, AlarmAct.Raise], (await StepsAsync()).Select(step => step.Act));
    }

    [Fact]
    public async Task Of_ten_thousand_conditions_of_which_nine_in_ten_repeat_there_is_one_alarm_each()
    {
        var dice = new Random(1);
        var told = Enumerable.Range(0, 10_000).Select(i => Signal(Gas, $"machine/{(i < 1_000 ? i : dice.Next(1_000))}")).ToArray();
        dice.Shuffle(told);
        foreach (var part in told.Chunk(700)) await TellAsync(part);

        var alarms = await AlarmsAsync();
        Assert.Equal((1_000, 1_000, 10_000), (alarms.Count, alarms.Select(alarm => alarm.Key).Distinct().Count(), alarms.Sum(alarm => alarm.Times)));
    }

    [Fact]
    public async Task A_module_that_fails_at_an_entry_holds_nothing_up_and_is_an_alarm_of_its_own()
    {
        await TellAsync(Signal(Gas, "machine/faulty"), Signal(Gas, "machine/2"), Signal(Gas, "machine/faulty"));
        Assert.Equal([("alarms.faulty", "teller/Teller", 2, "3"), ("test.gas", "machine/2", 1, null)], (await AlarmsAsync()).Select(alarm => (alarm.Kind, alarm.Subject, alarm.Times, alarm.Measured)));
    }

    [Fact]
    public async Task An_alarm_ends_with_its_condition_only_where_its_kind_says_so()
    {
        await TellAsync(Lasting(Idle), Lasting(Moved));
        await TellAsync(Over(Idle), Over(Moved), Over(Gas));

        Assert.Equal([("test.idle", AlarmState.Closed, false, null), ("test.moved", AlarmState.Raised, false, "test.moved|machine/1")], (await AlarmsAsync()).Select(alarm => (alarm.Kind, alarm.State, alarm.IsLasting, alarm.OpenKey)));
        await TellAsync(Lasting(Idle), Lasting(Moved));
        Assert.Equal([AlarmState.Closed, AlarmState.Raised, AlarmState.Raised], (await AlarmsAsync()).Select(alarm => alarm.State));
    }

    [Fact]
    public async Task Ended_and_begun_anew_within_one_batch_it_is_another_alarm()
    {
        await TellAsync(Lasting(Idle));
        await TellAsync(Over(Idle), Lasting(Idle), Over(Idle), Lasting(Idle));
        Assert.Equal([AlarmState.Closed, AlarmState.Closed, AlarmState.Raised], (await AlarmsAsync()).Select(alarm => alarm.State));
    }

    [Fact]
    public async Task Called_false_while_it_goes_on_it_is_not_raised_again_until_it_has_been_over()
    {
        await TellAsync(Lasting(Moved));
        await StepAsync(1, AlarmAct.MarkFalse);
        await TellAsync(Lasting(Moved));
        Assert.Equal((AlarmState.False, true, 2), Assert.Single(await AlarmsAsync()) is var alarm ? (alarm.State, alarm.IsLasting, alarm.Times) : default);

        await TellAsync(Over(Moved));
        await TellAsync(Lasting(Moved));
        Assert.Equal([AlarmState.False, AlarmState.Raised], (await AlarmsAsync()).Select(found => found.State));
    }

    [Fact]
    public async Task Steps_are_taken_in_the_order_of_the_log_and_one_that_does_not_follow_is_passed_over()
    {
        await TellAsync(Signal(Gas, "machine/1"));
        await StepAsync(1, AlarmAct.Verify);
        await StepAsync(1, AlarmAct.Acknowledge);
        await StepAsync(1, AlarmAct.Acknowledge);
        await StepAsync(1, AlarmAct.Verify);
        await StepAsync(1, AlarmAct.MarkFalse);
        await StepAsync(1, AlarmAct.Handle);
        await StepAsync(1, AlarmAct.Close);
        await StepAsync(1, AlarmAct.Refer);
        await StepAsync(99, AlarmAct.Acknowledge);

        Assert.Equal([AlarmAct.Raise, AlarmAct.Acknowledge, AlarmAct.Verify, AlarmAct.Handle, AlarmAct.Close], (await StepsAsync()).Select(step => step.Act));
        var alarm = Assert.Single(await AlarmsAsync());
        Assert.Equal((AlarmState.Closed, null, false), (alarm.State, alarm.OpenKey, alarm.EndedAt is null));
        Assert.Empty(_board.All);
    }

    [Fact]
    public async Task Each_level_is_told_once_and_none_after_somebody_took_it_over()
    {
        await TellAsync(Signal(Gas, "machine/1"));
        await StepAsync(1, AlarmAct.Escalate, 2);
        await StepAsync(1, AlarmAct.Escalate, 1);
        await StepAsync(1, AlarmAct.Escalate, 1);
        await StepAsync(1, AlarmAct.Acknowledge);
        await StepAsync(1, AlarmAct.Escalate, 2);
        Assert.Equal(1, Assert.Single(await AlarmsAsync()).Level);
    }

    [Fact]
    public async Task What_a_failed_transaction_left_behind_counts_for_nothing_and_a_start_finds_what_was_open()
    {
        await _host.ReadAsync(async db =>
        {
            // As the projector does it: applied, and then the database goes away.
            await _projection.ApplyAsync(db, [Record(Signal(Gas, "machine/1"))], CancellationToken.None);
            return true;
        });
        _seq = 0;
        await TellAsync(Signal(Gas, "machine/1"));
        await TellAsync(Lasting(Moved) with { Subject = "machine/2" });
        await StepAsync(1, AlarmAct.MarkFalse);

        var board = new AlarmBoard();
        _projection = Projection(board);
        await TellAsync(Lasting(Moved) with { Subject = "machine/2" });
        Assert.Equal([1, 2], (await AlarmsAsync()).Select(alarm => alarm.Times));
        Assert.Equal([2L], board.All.Select(alarm => alarm.Number));
    }

    [Fact]
    public async Task One_entry_ends_several_conditions_and_begins_one_and_a_picture_stays_until_there_is_a_newer_one()
    {
        await TellAsync(Lasting(Moved) with { Picture = "/first" });
        await TellAsync(Lasting(Idle));
        await ProjectAsync([Record((IReadOnlyList<AlarmSignal>)[Over(Moved), Signal(Gas, "machine/1") with { Picture = "/gas" }, Over(Idle)])]);

        var alarms = await AlarmsAsync();
        Assert.Equal([(Moved.Key, false, "/first"), (Idle.Key, false, null), (Gas.Key, false, "/gas")], alarms.Select(alarm => (alarm.Kind, alarm.IsLasting, alarm.Picture)));
        await TellAsync(Signal(Gas, "machine/1"));
        await TellAsync(Signal(Gas, "machine/1") with { Picture = "/newer" });
        Assert.Equal((3, "/newer"), ((await AlarmsAsync())[2].Times, (await AlarmsAsync())[2].Picture));
    }

    private static AlarmProjection Projection(AlarmBoard board) => new(board, new AlarmKinds([new Teller()], []), [new Teller()], new LiveFeed(), NullLogger<AlarmProjection>.Instance);

    private static AlarmSignal Signal(AlarmKind kind, string subject) => new(kind, subject, "M-1", Begin);

    private static AlarmSignal Lasting(AlarmKind kind) => Signal(kind, "machine/1") with { Lasts = true };

    private static AlarmSignal Over(AlarmKind kind) => Signal(kind, "machine/1") with { IsOver = true };

    private LogRecord Record(object body) => new(++_seq, Begin.AddSeconds(_seq), "test", "test", body);

    private Task TellAsync(params IReadOnlyList<AlarmSignal> told) => ProjectAsync([.. told.Select(Record)]);

    private Task StepAsync(long alarm, AlarmAct act, int? level = null) => ProjectAsync([Record(new StepBody(alarm, act, AlarmSide.Organ, Guid.CreateVersion7(), null, null, null, null, "why", level))]);

    private async Task ProjectAsync(IReadOnlyList<LogRecord> batch)
    {
        await _host.ReadAsync(async db =>
        {
            await _projection.ApplyAsync(db, batch, CancellationToken.None);
            await db.SaveAsync();
            return true;
        });
        _projection.OnSaved(batch);
    }

    private Task<List<Alarm>> AlarmsAsync() => _host.ReadAsync(db => db.Set<Alarm>().AsNoTracking().OrderBy(alarm => alarm.Number).ToListAsync());

    private Task<List<AlarmStep>> StepsAsync() => _host.ReadAsync(db => db.Set<AlarmStep>().AsNoTracking().OrderBy(step => step.Seq).ToListAsync());

    private sealed class Teller : IAlarmTeller
    {
        public IReadOnlyList<AlarmKind> Kinds => [Gas, Idle, Moved, AlarmProjection.Faulty];

        public IReadOnlyList<AlarmSignal> Tell(LogRecord record) => record.Body switch
        {
            AlarmSignal { Subject: "machine/faulty" } => throw new FormatException("not to be read"),
            AlarmSignal signal => [signal],
            IReadOnlyList<AlarmSignal> signals => signals,
            _ => [],
        };
    }
}
