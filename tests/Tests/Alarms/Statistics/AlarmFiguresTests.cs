using Anlan.Alarms.Board;
using Anlan.Alarms.Desk;
using Anlan.Alarms.Handling;
using Anlan.Alarms.Handover;
using Anlan.Alarms.Statistics;
using Anlan.Kernel.Paging;

namespace Anlan.Tests.Alarms.Statistics;

/// <summary>What is counted is what the lists show, and the sound of an alarm is off for whoever turned it off, and for nobody else.</summary>
public sealed class AlarmFiguresTests
{
    [Fact]
    public async Task Median_times_false_ones_and_repeated_sources_are_counted_and_each_figure_has_its_list()
    {
        await using var world = await AlarmsWorld.StartAsync();
        foreach (var minutes in new[] { 1, 2, 9 })
        {
            var number = await world.GasAsync();
            world.Host.Clock.Advance(TimeSpan.FromMinutes(minutes));
            await world.MoveAsync(number, AlarmAct.Acknowledge);
            world.Host.Clock.Advance(TimeSpan.FromMinutes(10));
            await world.MoveAsync(number, minutes == 9 ? [AlarmAct.MarkFalse] : [AlarmAct.Verify, AlarmAct.Handle, AlarmAct.Close]);
        }

        await world.GasAsync();
        var shown = await world.AskAsync((ShowStatistics slice) => slice.RunAsync(null, null, CancellationToken.None));
        var line = Assert.Single(shown.Kinds);
        Assert.Equal(("welding.gas", 4, 1, 3, 1), (line.Kind, line.Count, line.Open, line.Judged, line.False));
        Assert.Equal((2, 12), ((int)line.ToAcknowledge!.Value.TotalMinutes, (int)line.ToEnd!.Value.TotalMinutes));
        var source = Assert.Single(shown.Sources);
        Assert.Equal((world.Machine.Code, 4, 4, 1), (source.Name, source.Count, source.Times, source.False));

        var filter = new AlarmFilter(AlarmPart.All, Kind: "welding.gas", From: shown.From, To: shown.To);
        var (all, open, falseOnes) = (await CountAsync(world, filter), await CountAsync(world, filter with { Part = AlarmPart.Open }), await CountAsync(world, filter with { State = AlarmState.False }));
        Assert.Equal((4, 1, 1), (all, open, falseOnes));
        Assert.Equal(0, await CountAsync(world, filter with { To = shown.From.AddDays(-1), From = null }));
    }

    [Fact]
    public async Task A_hand_over_says_what_is_open_what_ended_and_who_did_it()
    {
        await using var world = await AlarmsWorld.StartAsync();
        await world.MoveAsync(await world.GasAsync(), AlarmAct.Acknowledge, AlarmAct.Verify, AlarmAct.Handle, AlarmAct.Close);
        world.Host.Clock.Advance(TimeSpan.FromHours(13));
        await world.MoveAsync(await world.GasAsync(), AlarmAct.Acknowledge);

        var shown = (await world.AskAsync((ShowHandover slice) => slice.RunAsync(ShowHandover.UsualHours, CancellationToken.None))).Value;
        Assert.Equal((1, 0, 1), (shown.Raised, shown.EndedCount, shown.People.Single().Steps));
        Assert.Equal(AlarmState.Acknowledged, Assert.Single(shown.Open).State);
        var longer = (await world.AskAsync((ShowHandover slice) => slice.RunAsync(24, CancellationToken.None))).Value;
        Assert.Equal((2, 1, 5, 2), (longer.Raised, longer.EndedCount, longer.People.Single().Steps, longer.People.Single().Taken));
        Assert.Equal("HoursInvalid", (await world.AskAsync((ShowHandover slice) => slice.RunAsync(0, CancellationToken.None))).Refusals[0].Code);
    }

    [Fact]
    public async Task Whoever_turned_the_sound_off_hears_it_no_more_and_everybody_else_does()
    {
        await using var world = await AlarmsWorld.StartAsync();
        var number = await world.GasAsync();
        Assert.Equal([number], (await HearAsync(world)).Severe.Select(row => row.Number));
        await world.MoveAsync(number, AlarmAct.Silence);

        var heard = await HearAsync(world);
        Assert.Equal((1, 1, 0), (heard.Open, heard.Waiting, heard.Severe.Count));
        Assert.Equal([number], (await world.Host.AskAsync((HearAlarms slice) => Task.FromResult(slice.Run()))).Severe.Select(row => row.Number));
        // A start forgets neither.
        var board = new AlarmBoard();
        await world.ReadAsync(async db =>
        {
            await board.LoadAsync(db, CancellationToken.None);
            return true;
        });
        Assert.Equal([true, false], new[] { world.Manager, Guid.Empty }.Select(account => board.IsSilentFor(number, account)));
    }

    [Fact]
    public async Task Severe_alarms_are_not_taken_over_by_the_dozen()
    {
        await using var world = await AlarmsWorld.StartAsync();
        var number = await world.GasAsync();
        Assert.Equal("AlarmSevereAlone", (await world.AskAsync((AcknowledgeMany slice) => slice.RunAsync(new AcknowledgeMany.Request([number]), CancellationToken.None))).Refusals[0].Code);
        Assert.Equal("numbers", (await world.AskAsync((AcknowledgeMany slice) => slice.RunAsync(new AcknowledgeMany.Request([]), CancellationToken.None))).Refusals[0].Field);
    }

    private static Task<HearAlarms.Heard> HearAsync(AlarmsWorld world) => world.AskAsync((HearAlarms slice) => Task.FromResult(slice.Run()));

    private static async Task<int> CountAsync(AlarmsWorld world, AlarmFilter filter) => (await world.AskAsync((ListAlarms slice) => slice.RunAsync(new PageRequest(), filter, CancellationToken.None))).Total;
}
