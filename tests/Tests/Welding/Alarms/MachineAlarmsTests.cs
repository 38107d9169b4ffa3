using Anlan.Alarms.Board;
using Anlan.Alarms.Escalation;
using Anlan.Alarms.Handling;
using Anlan.Alarms.Watches;
using Anlan.Contracts.Devices;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Ui;
using Anlan.Welding.Alarms;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Anlan.Welding.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Welding.Alarms;

/// <summary>Alarms of machines through the whole server: told by chips or seen by watches, each once, with what was measured and which rule.</summary>
public sealed class MachineAlarmsTests
{
    [Fact]
    public async Task What_a_chip_tells_is_one_alarm_each_and_a_server_that_is_started_again_tells_none_twice()
    {
        var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        foreach (var (kind, seq) in new[] { ChipEventKind.Gas, ChipEventKind.Gas, ChipEventKind.OverTemperature, ChipEventKind.Tamper, ChipEventKind.RelayFault, ChipEventKind.ArcWithoutGrant, ChipEventKind.Button }.Select((kind, i) => (kind, i + 1)))
        {
            var body = new EventBody(machine.Serial, machine.Id.Value, 1, seq, seq, null, kind, kind == ChipEventKind.OverTemperature ? 93.5 : null);
            await host.Log.AppendAsync(ChipLog.Event.Once(body, host.Clock.GetUtcNow()));
        }

        // Killed before the tables knew of any of it, or after: the log is the record.
        var (clock, facts) = (host.Clock, host.Facts);
        var folder = await host.StopAsync();
        List<Alarm> alarms;
        await using (var again = await WeldingHost.StartAsync(folder: folder, clock: clock, facts: facts)) alarms = await AlarmsAsync(again);
        Assert.Equal(
            [("welding.gas", 2, null), ("welding.hot", 1, "93.5 °C"), ("welding.stuck", 1, null), ("welding.tampered", 1, null), ("welding.ungranted", 1, null)],
            alarms.OrderBy(alarm => alarm.Kind, StringComparer.Ordinal).Select(alarm => (alarm.Kind, alarm.Times, alarm.Measured)));
        Assert.All(alarms, alarm => Assert.Equal((machine.Code, AlarmSeverity.Severe, AlarmState.Raised), (alarm.Name, alarm.Severity, alarm.State)));
        TestStore.Remove(folder);
    }

    [Fact]
    public async Task A_chip_beyond_its_fence_raises_an_alarm_that_names_rule_and_distance_and_goes_on_until_it_is_back()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await StateAsync(host, machine, 1, 30.51);
        var alarm = Assert.Single(await AlarmsAsync(host));
        Assert.Equal(("welding.moved", "WELD-FENCE", FactKind.Metres, "1112", "200", true), (alarm.Kind, alarm.Rule, alarm.MeasuredKind, alarm.Measured, alarm.Limit, alarm.IsLasting));

        await StateAsync(host, machine, 2, 30.5);
        alarm = Assert.Single(await AlarmsAsync(host));
        Assert.Equal((false, AlarmState.Raised), (alarm.IsLasting, alarm.State));
    }

    [Fact]
    public async Task A_running_chip_that_falls_silent_is_an_alarm_after_a_minute_and_it_ends_when_the_chip_is_heard_again()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var chip = await host.SwitchOnAsync(machine);
        await host.StartAsync(machine, host.Facts.AWelder(host.Enterprise));
        await WeldingHost.UntilAsync(() => host.Sessions.At(machine.Id) is { State: SessionState.Running });
        await chip.PullPlugAsync();
        await WeldingHost.UntilAsync(() => !host.Get<IDevices>().StateOf(machine.Serial).IsOnline);
        await LookAsync(host);
        Assert.Empty(await AlarmsAsync(host));

        host.Clock.Advance(TimeSpan.FromSeconds(61));
        await LookAsync(host);
        await LookAsync(host);
        var alarm = Assert.Single(await AlarmsAsync(host));
        Assert.Equal(("welding.offline", "WELD-ALARM-OFFLINE", "60", 1), (alarm.Kind, alarm.Rule, alarm.Limit, alarm.Times));

        await host.SwitchOnAsync(machine, chip.Flash);
        await LookAsync(host);
        Assert.Equal(AlarmState.Closed, Assert.Single(await AlarmsAsync(host)).State);
    }

    [Fact]
    public async Task Power_without_an_arc_for_longer_than_the_rule_allows_is_idle_until_the_next_arc()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await host.SwitchOnAsync(machine);
        await host.StartAsync(machine, host.Facts.AWelder(host.Enterprise));
        await WeldingHost.UntilAsync(() => host.Sessions.At(machine.Id) is { State: SessionState.Running } && host.Get<OpenSessions>().All.Any());
        var begun = host.Get<OpenSessions>().All.Single().StartedAt;
        Assert.Empty(await IdleAsync(begun.AddMinutes(19)));
        var idle = Assert.Single(await IdleAsync(begun.AddMinutes(21)));
        Assert.Equal(("welding.idle", "WELD-ALARM-IDLE", FactValue.Of(TimeSpan.FromMinutes(21)), FactValue.Of(TimeSpan.FromMinutes(20))), (idle.Kind.Key, idle.Rule, idle.Measured, idle.Limit));
        // Silent, or without power: that is something else.
        Assert.Empty(await IdleAsync(begun.AddMinutes(21), isOnline: false));
        Assert.Empty(await IdleAsync(begun.AddMinutes(21), isPowered: false));

        await ArcAsync(SpanKind.Hour, begun.AddMinutes(15));
        Assert.Single(await IdleAsync(begun.AddMinutes(21)));
        await ArcAsync(SpanKind.Minute, begun.AddMinutes(15));
        Assert.Empty(await IdleAsync(begun.AddMinutes(21)));
        Assert.Empty(await IdleAsync(begun.AddMinutes(36)));
        Assert.Equal(FactValue.Of(TimeSpan.FromMinutes(21)), Assert.Single(await IdleAsync(begun.AddMinutes(37))).Measured);

        Task<IReadOnlyList<AlarmSignal>> IdleAsync(DateTimeOffset now, bool isOnline = true, bool isPowered = true) =>
            new IdleWatch(host.Get<OpenSessions>(), host.Get<MachineIndex>(), new OneState(DeviceState.Unknown with { IsOnline = isOnline, RelayClosed = isPowered }), host.Get<AlarmLimits>(), host.Get<IServiceScopeFactory>()).LookAsync(now, CancellationToken.None);

        async Task ArcAsync(SpanKind kind, DateTimeOffset from)
        {
            await using var scope = host.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
            db.Add(new MeasuredSpan { Kind = kind, Machine = machine.Id, From = from, Points = 60, ArcPoints = 60, ArcSeconds = 60 });
            await db.SaveAsync();
        }
    }

    [Fact]
    public async Task A_certificate_that_ends_within_a_week_is_told_of_once()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await host.SwitchOnAsync(machine);
        var last = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime).AddDays(5);
        await host.StartAsync(machine, host.Facts.AWelder(host.Enterprise, last));
        await WeldingHost.UntilAsync(() => host.Sessions.At(machine.Id) is { State: SessionState.Running });
        await LookAsync(host);
        await LookAsync(host);
        var alarm = Assert.Single(await AlarmsAsync(host));
        Assert.Equal(("welding.certificate", FactKind.Date, last.Day()), (alarm.Kind, alarm.MeasuredKind, alarm.Measured));
    }

    [Fact]
    public async Task More_refusals_than_the_rule_allows_are_an_alarm_that_ends_when_the_window_is_over()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync(hasChip: false);
        for (var i = 0; i < 6; i++)
        {
            await LookAsync(host);
            Assert.Empty(await AlarmsAsync(host));
            await host.StartAsync(machine, host.Facts.AWelder(host.Enterprise));
            await host.ProjectedAsync();
        }

        await LookAsync(host);
        var alarm = Assert.Single(await AlarmsAsync(host));
        Assert.Equal(("welding.refusals", "6", "5", "WELD-ALARM-REFUSALS"), (alarm.Kind, alarm.Measured, alarm.Limit, alarm.Rule));
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        await LookAsync(host);
        Assert.Equal(AlarmState.Closed, Assert.Single(await AlarmsAsync(host)).State);
    }

    [Fact]
    public async Task A_severe_alarm_that_nobody_takes_over_goes_up_after_one_three_and_ten_minutes_and_then_stays()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await host.Log.AppendAsync(ChipLog.Event.Once(new EventBody(machine.Serial, machine.Id.Value, 1, 1, 1, null, ChipEventKind.Gas, null), host.Clock.GetUtcNow()));
        await host.ProjectedAsync();
        List<int> levels = [];
        foreach (var seconds in new[] { 50, 20, 100, 20, 400, 20, 3600 })
        {
            host.Clock.Advance(TimeSpan.FromSeconds(seconds));
            await host.Get<EscalationClockwork>().RunOnceAsync(CancellationToken.None);
            levels.Add(Assert.Single(await AlarmsAsync(host)).Level);
        }

        Assert.Equal([0, 1, 1, 2, 2, 3, 3], levels);
    }

    [Fact]
    public async Task Of_two_who_take_it_over_at_once_one_was_first_and_every_step_is_an_entry_of_the_log()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await host.Log.AppendAsync(ChipLog.Event.Once(new EventBody(machine.Serial, machine.Id.Value, 1, 1, 1, null, ChipEventKind.Gas, null), host.Clock.GetUtcNow()));
        await host.ProjectedAsync();
        var number = Assert.Single(await AlarmsAsync(host)).Number;

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => MoveAsync(host, machine, number, AlarmAct.Acknowledge)));
        Assert.Single(answers, answer => answer.IsDone);
        Assert.Equal("AlarmNoteMissing", (await MoveAsync(host, machine, number, AlarmAct.MarkFalse)).Refusals[0].Code);
        // PostgreSQL takes no such character: written to the log it would hold up every read table.
        foreach (var rubbish in new[] { "a\0b", "two\nlines", new string('x', 201) }) Assert.Equal("note", (await MoveAsync(host, machine, number, AlarmAct.MarkFalse, rubbish)).Refusals[0].Field);
        Assert.True((await MoveAsync(host, machine, number, AlarmAct.Verify)).IsDone);
        Assert.True((await MoveAsync(host, machine, number, AlarmAct.Handle, "Hall aired, test passed.")).IsDone);
        Assert.True((await MoveAsync(host, machine, number, AlarmAct.Close)).IsDone);
        Assert.Equal("AlarmStepOutOfTurn", (await MoveAsync(host, machine, number, AlarmAct.Refer, "case")).Refusals[0].Code);
        Assert.Equal("AlarmUnknown", (await MoveAsync(host, machine, number + 1_000, AlarmAct.Acknowledge)).Refusals[0].Code);

        Assert.Equal([AlarmAct.Acknowledge, AlarmAct.Verify, AlarmAct.Handle, AlarmAct.Close], host.ReadLog().Select(record => record.Body).OfType<StepBody>().Select(step => step.Act));
        Assert.All(host.ReadLog().Select(record => record.Body).OfType<StepBody>(), step => Assert.Equal((AlarmSide.Enterprise, host.Enterprise.Value), (step.Side, step.Enterprise)));
    }

    private static async Task<Outcome> MoveAsync(WeldingHost host, AMachine machine, long number, AlarmAct act, string? note = null)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = new Actor(Guid.CreateVersion7(), machine.Code, "safety-manager", host.Enterprise.Value, null);
        return await scope.ServiceProvider.GetRequiredService<MoveAlarm>().RunAsync(number, act, new MoveAlarm.Request(note), CancellationToken.None);
    }

    private static async Task StateAsync(WeldingHost host, AMachine machine, long seq, double latitude)
    {
        var body = new StateBody(machine.Serial, machine.Id.Value, 1, seq, seq, null, false, RelayReason.Restart, null, latitude, 120.0, null);
        await host.Log.AppendAsync(ChipLog.State.Once(body, host.Clock.GetUtcNow()));
    }

    private static async Task LookAsync(WeldingHost host)
    {
        await host.ProjectedAsync();
        await host.Get<WatchClockwork>().RunOnceAsync(CancellationToken.None);
    }

    private static async Task<List<Alarm>> AlarmsAsync(WeldingHost host)
    {
        await host.ProjectedAsync();
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AnlanDb>().Set<Alarm>().AsNoTracking().Where(alarm => alarm.Kind.StartsWith("welding.")).OrderBy(alarm => alarm.Number).ToListAsync();
    }

    private sealed class OneState(DeviceState state) : IDevices
    {
        public IReadOnlyCollection<DeviceFacts> All => [];

        public DeviceFacts? Find(DeviceId device) => null;

        public DeviceFacts? FindBySerial(string serial) => null;

        public DeviceState StateOf(string serial) => state;
    }
}
