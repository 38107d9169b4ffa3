using System.Buffers.Text;
using Anlan.Simulator.Chips;
using Anlan.Simulator.Rosters;
using Anlan.Welding.Chip.Logic;

namespace Anlan.Simulator.Sites;

/// <summary>What <c>chips</c> was asked for.</summary>
internal sealed record RunSitesRequest(Roster Roster, string FlashFolder, int Count, int Seed, MqttAddress Mqtt, string? Server, bool HasWelders);

/// <summary>Runs chips and welders of a roster until stopped.</summary>
internal sealed class RunSites(TimeProvider time, TextWriter output)
{
    private const string Firmware = "1.0.0";
    private static readonly TimeSpan StatusPeriod = TimeSpan.FromSeconds(5);

    public async Task RunAsync(RunSitesRequest request, CancellationToken stop)
    {
        var entries = request.Roster.Chips.Take(request.Count).ToList();
        if (entries.Count < request.Count) await output.WriteLineAsync($"The roster has {entries.Count} chips only.");
        var chips = new List<SimulatedChip>();
        var tasks = new List<Task>();
        var byMachine = new Dictionary<string, SimulatedChip>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var scene = new WeldingScene(entry.Kind, entry.RatedCurrent, entry.Latitude, entry.Longitude, new Random(Seeds.Of(request.Seed, entry.Serial, "scene")));
            var store = FileStore.Of(request.FlashFolder, entry.Serial, [.. entry.TrustedKeys.Select(key => Base64Url.DecodeFromChars(key))]);
            var dice = new Random(Seeds.Of(request.Seed, entry.Serial, "chip"));
            var chip = new SimulatedChip(new ChipIdentity(entry.Serial, Firmware, "simulated"), entry.Secret, store, scene, request.Mqtt, dice, time);
            chips.Add(chip);
            if (entry.MachineCode is { } code) byMachine[code] = chip;
            tasks.Add(chip.RunAsync(stop));
            tasks.Add(SufferAsync(chip, scene, request.Seed, stop));
        }

        var book = new SiteBook();
        if (request.HasWelders)
        {
            var server = request.Server ?? request.Roster.Server;
            tasks.AddRange(request.Roster.Welders.Select(welder => new SimulatedWelder(welder, byMachine, server, request.Seed, book, time).RunAsync(stop)));
        }

        tasks.Add(ReportAsync(chips, book, stop));
        try
        {
            // The first that fails ends the program: a simulator that plays half a county deceives whoever watches it.
            await foreach (var ended in Task.WhenEach(tasks)) await ended;
        }
        finally
        {
            foreach (var chip in chips) chip.Dispose();
        }
    }

    private async Task SufferAsync(SimulatedChip chip, WeldingScene scene, int seed, CancellationToken stop)
    {
        foreach (var happening in SiteScript.Of(seed, chip.Serial))
        {
            await Task.Delay(happening.After, time, stop);
            switch (happening.What)
            {
                case Mishap.NetworkLost: chip.LoseNetwork(happening.Lasting); break;
                case Mishap.PowerCut: await chip.CutPowerAsync(happening.Lasting, stop); break;
                case Mishap.Tampering: scene.OpenCase(); break;
                case Mishap.GasLeak: scene.LeakGas(); break;
            }
        }
    }

    private async Task ReportAsync(List<SimulatedChip> chips, SiteBook book, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(StatusPeriod, time, stop);
            await output.WriteLineAsync(book.Say(chips.Count(chip => chip.IsOnline), chips.Count, chips.Count(chip => chip.IsPowered)));
        }
    }
}
