using Anlan.Benchmarks;
using Anlan.Benchmarks.Failover;
using Anlan.Benchmarks.Interlock;
using Anlan.EndToEnd.Running;
using Anlan.Simulator.Chips;

namespace Anlan.EndToEnd.Durability;

/// <summary>The server dies in the middle of its work, again and again. What it told is in the log exactly once, and nothing has power without a decision.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 20;
    private const int Machines = 160;
    private const int LeastInFlight = 100;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_server_killed_twenty_times_has_every_told_word_in_its_log_exactly_once_and_powers_nothing_by_mistake()
    {
        var data = Directory.CreateTempSubdirectory("anlan-end-to-end-");
        var machines = Enumerable.Range(0, Machines).Select(number => new BenchMachine(number)).ToList();
        var trusted = await SeededCounty.MakeAsync(data.FullName, machines, CancellationToken.None);
        await using var server = await RunningServer.StartAsync(demo: true, data, SeededCounty.Settings);
        await SignIns.RunAsync(server.Url.Port, machines, CancellationToken.None);

        var (ledger, log) = (new Ledger(), ReadLog.OfFiles(server.Data));
        using var over = new CancellationTokenSource();
        var chips = machines.Select(machine => QuietChips.Of(machine, trusted, server.MqttPort, ledger.Acknowledged)).ToList();
        var lives = chips.Select(chip => chip.RunAsync(over.Token)).ToList();
        await Waiting.UntilAsync(() => chips.TrueForAll(chip => chip.IsOnline), Longest, "chips on-line at first");

        using var http = new HttpClient { BaseAddress = server.Url };
        using var stop = new CancellationTokenSource();
        var welders = machines.Select(machine => new RestlessWelder(machine, http, ledger)).ToList();
        var work = welders.Select(welder => welder.RunAsync(stop.Token)).ToList();
        var dice = new Random(20);
        var fewest = int.MaxValue;
        for (var kill = 1; kill <= Kills; kill++)
        {
            await Task.Delay(dice.Next(200, 1_400), CancellationToken.None);
            fewest = Math.Min(fewest, ledger.InFlight);
            await server.KillAsync();
            log.GoOn();
            log.AssertTold(ledger.Lines, $"After kill {kill}");
            log.AssertPowerIsDecided(chips, $"After kill {kill}");
            await server.StartAgainAsync();
        }

        await Waiting.UntilAsync(() => chips.TrueForAll(chip => chip.IsOnline), Longest, "chips on-line again, by themselves");
        var before = welders.ConvertAll(welder => welder.Successes);
        await Waiting.UntilAsync(() => welders.Select((welder, i) => welder.Successes > before[i]).All(hasPowered => hasPowered), Longest, "every machine started once more");
        await stop.CancelAsync();
        await Task.WhenAll(work);
        await Waiting.UntilAsync(() => chips.TrueForAll(chip => !chip.IsPowered), Longest, "all power off after the last stop");
        await server.KillAsync();
        log.GoOn();
        log.AssertTold(ledger.Lines, "At the end");
        Assert.DoesNotContain(ledger.Failures, failure => failure.Contains(": 5", StringComparison.Ordinal));
        Assert.True(fewest >= LeastInFlight, $"only {fewest} requests were under way at a kill");
        output.WriteLine($"{ledger.Lines.Count} told, {log.Count} in the log, {welders.Sum(welder => welder.Successes)} starts; at least {fewest} requests under way at each kill.");

        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(lives));
        chips.ForEach(chip => chip.Dispose());
    }
}
