using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Benchmarks.Interlock;
using Anlan.EndToEnd.Running;

namespace Anlan.EndToEnd.Alarms;

/// <summary>The server dies between a condition and whoever is to hear of it: afterwards each condition that was acknowledged has its one alarm, raised once and told once.</summary>
public sealed class AlarmKillTests
{
    private static readonly string[] Kinds = ["gas", "overTemperature", "tamper", "relayFault", "arcWithoutGrant"];
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Each_condition_that_was_acknowledged_before_a_kill_is_raised_and_told_once_afterwards()
    {
        var data = Directory.CreateTempSubdirectory("anlan-end-to-end-");
        var machines = Enumerable.Range(0, 8).Select(number => new BenchMachine(number) { HasWelder = false }).ToList();
        await SeededCounty.MakeAsync(data.FullName, machines, CancellationToken.None);
        await using var server = await RunningServer.StartAsync(demo: true, data, SeededCounty.Settings);
        var dice = new Random(5);
        foreach (var (kind, round) in Kinds.Select((kind, round) => (kind, round)))
        {
            await Task.WhenAll(machines.Select(machine => TellAsync(server, machine, kind, round + 1)));
            await Task.Delay(dice.Next(0, 60), CancellationToken.None);
            await server.KillAsync();
            await server.StartAgainAsync();
        }

        using var http = new HttpClient { BaseAddress = new Uri(server.Url, "/api/v1/") };
        http.DefaultRequestHeaders.Add("Cookie", await SignIns.CookieOfAsync(server.Url.Port, SeededCounty.Bureau, SeededCounty.Password, CancellationToken.None));
        var expected = machines.SelectMany(machine => Kinds.Select(_ => machine.Code)).Order(StringComparer.Ordinal).ToList();
        IReadOnlyList<JsonElement> alarms = [];
        await Benchmarks.Waiting.UntilAsync(async () =>
        {
            alarms = [.. (await http.GetFromJsonAsync<JsonElement>("alarms?part=all&size=200")).GetProperty("items").EnumerateArray().Where(alarm => alarm.GetProperty("kind").GetString()!.StartsWith("welding.", StringComparison.Ordinal)).Select(alarm => alarm.Clone())];
            return alarms.Count >= expected.Count && (await Task.WhenAll(alarms.Select(alarm => StepsAsync(http, alarm)))).All(steps => steps.Contains("push 0"));
        }, Longest, "every condition is told");

        Assert.Equal(expected, alarms.Select(alarm => alarm.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(expected.Count, alarms.Select(alarm => (alarm.GetProperty("kind").GetString(), alarm.GetProperty("subject").GetString())).Distinct().Count());
        Assert.All(alarms, alarm => Assert.Equal(1, alarm.GetProperty("times").GetInt32()));
        Assert.All(await Task.WhenAll(alarms.Select(alarm => StepsAsync(http, alarm))), steps =>
        {
            Assert.Equal("raise ", steps[0]);
            Assert.Equal(steps.Distinct(), steps);
        });
    }

    // What was done and up to which level; each of them may be there once.
    private static async Task<IReadOnlyList<string>> StepsAsync(HttpClient http, JsonElement alarm) =>
        [.. (await http.GetFromJsonAsync<JsonElement>($"alarms/{alarm.GetProperty("number").GetInt64()}")).GetProperty("steps").EnumerateArray().Select(step => $"{step.GetProperty("act").GetString()} {step.GetProperty("toLevel")}")];

    // Ended with an error it was not acknowledged: then it is told again, as a chip does.
    private static async Task TellAsync(RunningServer server, BenchMachine machine, string kind, int seq)
    {
        var told = JsonSerializer.Serialize(new { boot = 1, seq, up = seq * 1_000, at = (long?)null, kind, value = kind is "overTemperature" or "arcWithoutGrant" ? 93 : (double?)null });
        for (var left = 5; ; left--)
        {
            using var mouth = Process.Start(new ProcessStartInfo("mosquitto_pub", ["-h", "127.0.0.1", "-p", server.MqttPort.ToString(CultureInfo.InvariantCulture), "-u", machine.Serial, "-P", machine.Secret, "-q", "1", "-i", machine.Serial, "-t", $"anlan/v1/chip/{machine.Serial}/up/event", "-m", told]) { RedirectStandardError = true })!;
            await mouth.WaitForExitAsync();
            if (mouth.ExitCode == 0) return;
            Assert.True(left > 0, await mouth.StandardError.ReadToEndAsync());
        }
    }
}
