using System.CommandLine;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Benchmarks.Interlock;
using Anlan.Benchmarks.Wire;

namespace Anlan.Benchmarks.Alarms;

/// <summary>
/// From the moment in which a chip tells of a condition until a browser shows one alarm more, over real MQTT and a real page; then a flood of conditions of which nine in ten are told
/// again, which must make exactly the distinct alarms. Baseline: until the same conditions are durable in the log.
/// </summary>
internal static class AlarmsBench
{
    private const int WarmUp = 200;
    private const int Repeats = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static Command Command()
    {
        var rate = new Option<int>("--rate") { Description = "Conditions told in a second.", DefaultValueFactory = _ => 200 };
        var seconds = new Option<int>("--seconds") { Description = "For how long.", DefaultValueFactory = _ => 30 };
        var flood = new Option<int>("--flood") { Description = "Conditions of the flood; a tenth of them are distinct.", DefaultValueFactory = _ => 100_000 };
        var command = new Command("alarms", "From a condition until a browser shows its alarm; and a flood of repeated ones.") { rate, seconds, flood };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(rate), parsed.GetValue(seconds), parsed.GetValue(flood), stop));
        return command;
    }

    private static async Task<int> RunAsync(int rate, int seconds, int flood, CancellationToken stop)
    {
        var (told, distinct) = (rate * seconds, flood / Repeats);
        var paced = (told + WarmUp + TellingChip.Kinds - 1) / TellingChip.Kinds;
        using var data = new TemporaryFolder();
        var machines = Enumerable.Range(0, paced + ((distinct + TellingChip.Kinds - 1) / TellingChip.Kinds)).Select(number => new BenchMachine(number) { HasWelder = false }).ToList();
        Console.WriteLine($"Entering {machines.Count} machines and chips");
        string[] settings = [.. SeededCounty.Settings, "--Anlan:Demo=true", "--Anlan:Doors:AccountBurst=1000000"];
        await SeededCounty.MakeAsync(data.Path, machines, stop, settings);
        await using var server = HostProcess.Start(data.Path, settings);
        await server.UntilReadyAsync(TimeSpan.FromSeconds(60), stop);

        using var loop = new EventLoop();
        // What comes before any alarm: the condition is durable in the log. Of the measured part only.
        var (durable, rest) = (new Latencies(), new Latencies());
        var chips = machines.ConvertAll(machine => loop.Connect(server.MqttPort, new TellingChip(machine, machine.Number < paced ? durable : rest)));
        loop.TurnUntil(() => chips.TrueForAll(chip => chip.IsAccepted), Longest, "connections");
        await using var watcher = await Watcher.OpenAsync(server.HttpPort, stop);

        var sent = new List<long>(WarmUp + told);
        Tell(WarmUp, rate);
        await watcher.UntilAsync(WarmUp, Longest, stop);
        Console.WriteLine($"{told} conditions at {rate}/s");
        Tell(told, rate);
        await watcher.UntilAsync(WarmUp + told, Longest, stop);
        var latencies = watcher.LatenciesOf(sent, WarmUp);

        Console.WriteLine($"{flood} conditions, {distinct} distinct");
        var from = Stopwatch.GetTimestamp();
        var last = chips.GetRange(paced, chips.Count - paced);
        for (var round = 0; round < Repeats; round++)
        {
            for (var number = 0; number < distinct; number++) last[number % last.Count].Tell(number / last.Count);
            loop.TurnUntil(() => last.TrueForAll(chip => chip.IsAcknowledged), Longest, "acknowledgements");
        }

        await watcher.UntilAsync(WarmUp + told + distinct, Longest, stop);
        var floodSeconds = Stopwatch.GetElapsedTime(from).TotalSeconds;
        // The bell shows the last distinct one when its repeats may still be on their way.
        var counted = (Alarms: 0, Times: 0);
        await Waiting.UntilAsync(async () => (counted = await CountAsync(server.HttpPort, stop)) == (WarmUp + told + distinct, WarmUp + told + flood), Longest, "exactly the distinct alarms, each as often as it was told of", seen: () => $"{counted.Alarms} alarms told of {counted.Times} times", stop: stop);

        new BenchReport("alarms", "ms").With("value", latencies.Milliseconds(0.99)).With(latencies).With("rate", rate).With("conditions", told).With("limit_ms", 1_000).Against(durable.Milliseconds(0.99)!.Value)
            .With("flood", flood).With("flood_alarms", distinct).With("flood_s", floodSeconds).With("flood_per_s", flood / floodSeconds).Print();
        return 0;

        void Tell(int count, int pace)
        {
            var (first, begin) = (sent.Count, Stopwatch.GetTimestamp());
            while (sent.Count < first + count)
            {
                var due = Math.Min(count, (int)(Stopwatch.GetElapsedTime(begin).TotalSeconds * pace) + 1);
                for (; sent.Count < first + due; sent.Add(Stopwatch.GetTimestamp())) chips[sent.Count % paced].Tell(sent.Count / paced);
                loop.Turn(1);
            }

            loop.TurnUntil(() => chips.TrueForAll(chip => chip.IsAcknowledged), Longest, "acknowledgements");
        }
    }

    // Every alarm of the list, page by page, as anybody may read it.
    private static async Task<(int Alarms, int Times)> CountAsync(int port, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/api/v1/") };
        http.DefaultRequestHeaders.Add("Cookie", await SignIns.CookieOfAsync(port, SeededCounty.Bureau, SeededCounty.Password, stop));
        for (var (alarms, times, page) = (0, 0, 1); ; page++)
        {
            var rows = (await http.GetFromJsonAsync<JsonElement>($"alarms?part=all&size=200&page={page}", stop)).GetProperty("items");
            foreach (var row in rows.EnumerateArray()) (alarms, times) = (alarms + 1, times + row.GetProperty("times").GetInt32());
            if (rows.GetArrayLength() < 200) return (alarms, times);
        }
    }
}
