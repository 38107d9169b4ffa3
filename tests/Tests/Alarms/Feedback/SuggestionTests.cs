using Anlan.Alarms.Board;
using Anlan.Alarms.Feedback;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Alarms;

namespace Anlan.Tests.Alarms.Feedback;

/// <summary>A source that is called false again and again raises one suggestion; a person decides, and the marks behind it do not count again.</summary>
public sealed class SuggestionTests
{
    [Fact]
    public async Task The_third_false_alarm_of_a_source_raises_a_suggestion_and_a_refusal_begins_the_count_anew()
    {
        await using var world = await AlarmsWorld.StartAsync();
        for (var mark = 0; mark < 2; mark++) await world.MoveAsync(await world.GasAsync(), AlarmAct.MarkFalse);
        Assert.Empty((await ListAsync(world)).Items);

        for (var mark = 0; mark < 2; mark++) await world.MoveAsync(await world.GasAsync(), AlarmAct.MarkFalse);
        var raised = Assert.Single((await ListAsync(world)).Items);
        Assert.Equal(("welding.gas", world.Machine.Code, AlarmAdvice.Maintenance, 3, SuggestionState.Open), (raised.Kind, raised.Name, raised.Advice, raised.FalseMarks, raised.State));

        Assert.Equal("reason", (await DecideAsync(world, raised.Id, SuggestionState.Refused, " ")).Refusals[0].Field);
        Assert.True((await DecideAsync(world, raised.Id, SuggestionState.Refused, "The hall was painted.")).IsDone);
        Assert.Equal("SuggestionDecided", (await DecideAsync(world, raised.Id, SuggestionState.Accepted, "later")).Refusals[0].Code);
        world.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var mark = 0; mark < 2; mark++) await world.MoveAsync(await world.GasAsync(), AlarmAct.MarkFalse);
        Assert.Single((await ListAsync(world)).Items);
        await world.MoveAsync(await world.GasAsync(), AlarmAct.MarkFalse);
        Assert.Equal([SuggestionState.Open, SuggestionState.Refused], (await ListAsync(world)).Items.Select(row => row.State));
    }

    private static Task<Page<ListSuggestions.Row>> ListAsync(AlarmsWorld world) => world.AskAsync((ListSuggestions slice) => slice.RunAsync(new PageRequest(), CancellationToken.None));

    private static Task<Anlan.Kernel.Outcomes.Outcome> DecideAsync(AlarmsWorld world, Guid id, SuggestionState state, string reason) =>
        world.AskAsync((DecideSuggestion slice) => slice.RunAsync(id, state, new DecideSuggestion.Request(reason), CancellationToken.None));
}
