using System.Collections.Concurrent;
using System.Diagnostics;
using Anlan.Host.Operations.Figures;
using Anlan.Toolkit.Tracing;
using Anlan.Welding.Chip;

namespace Anlan.Tests.Welding.Sessions;

/// <summary>Grants that wait for their chip are figures of the running system, and a start is a trace of its steps.</summary>
public sealed class OpenSessionsTests
{
    [Fact]
    public async Task A_grant_counts_and_ages_until_its_chip_acknowledges_it()
    {
        await using var host = await WeldingHost.StartAsync();
        var steps = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Traces.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => steps.Enqueue(activity.OperationName),
        };
        ActivitySource.AddActivityListener(listener);
        var machine = await host.AMachineAsync();
        await using var chip = await RawChip.ConnectAsync(host, machine);
        Assert.Equal((0, 0), await MeasureAsync(host));
        var started = await host.StartAsync(machine, host.Facts.AWelder(host.Enterprise));
        Assert.NotNull(started.Session);

        host.Clock.Advance(TimeSpan.FromSeconds(7));
        var (count, age) = await MeasureAsync(host);
        Assert.Equal(1, count);
        Assert.InRange(age, 7, 29);
        Assert.Equal(["start.decision", "start.log", "start.grant"], ((string[])["start.decision", "start.log", "start.grant"]).Intersect(steps));

        await WeldingHost.UntilAsync(() => chip.IdsOf(ChipTopics.Grant).Count == 1);
        await chip.AcknowledgeAsync(chip.IdsOf(ChipTopics.Grant)[0], relay: true, session: started.Session, counter: 1);

        Assert.Equal((0, 0), await MeasureAsync(host));
    }

    private static async Task<(double Count, double Age)> MeasureAsync(WeldingHost host)
    {
        await host.Get<FiguresJob>().RunOnceAsync(TestContext.Current.CancellationToken);
        var standings = host.Get<FigureBoard>().Standings.ToDictionary(standing => standing.Figure.Key, standing => standing.Value, StringComparer.Ordinal);
        return (standings["grants.unacknowledged"]!.Value, standings["grants.age"]!.Value);
    }
}
