using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using Anlan.Benchmarks.Interlock;

namespace Anlan.Benchmarks.Conformance;

/// <summary>How many tests of a public MQTT suite the broker passes, and how many mosquitto does on the same machine.</summary>
internal static class ConformanceBench
{
    public static Command Command()
    {
        var source = new Option<string?>("--source") { Description = "Unpacked source of mosquitto with its tests; else apt fetches it." };
        var suite = new Option<string?>("--suite") { Description = "A checkout of paho.mqtt.testing: its tests instead of mosquitto's." };
        var tests = new Option<string>("--tests") { Description = "Only tests with this in their name.", DefaultValueFactory = _ => "" };
        var command = new Command("conformance", "Public MQTT suites, against mosquitto and against the server's test door.") { source, suite, tests };
        command.SetAction((parsed, stop) => parsed.GetValue(suite) is { } checkout ? RunPahoAsync(checkout, stop) : RunMosquittosAsync(parsed.GetValue(source), parsed.GetValue(tests)!, stop));
        return command;
    }

    private static async Task<int> RunMosquittosAsync(string? source, string part, CancellationToken stop)
    {
        using var place = new TemporaryFolder();
        source ??= await MosquittoSuite.FetchAsync(place.Path, stop);
        var chosen = MosquittoSuite.Choose(source).Where(name => name.Contains(part, StringComparison.Ordinal)).ToList();
        var (theirs, ours) = (Path.Combine(place.Path, "theirs"), Path.Combine(place.Path, "ours"));
        var launcher = await WriteLauncherAsync(place.Path, stop);
        MosquittoSuite.LayOut(source, theirs, launcher: null);
        MosquittoSuite.LayOut(source, ours, launcher);
        var (passed, baseline, differing) = (0, 0, new List<string>());
        foreach (var test in chosen)
        {
            // Scripts wait for answers that never come; some wait for sessions and wills to end.
            var their = await MosquittoSuite.RunAsync(theirs, test, Ports.Free(1)[0], TimeSpan.FromMinutes(2), stop);
            var our = await MosquittoSuite.RunAsync(ours, test, Ports.Free(1)[0], TimeSpan.FromMinutes(3), stop);
            Count(test, their is null, our is null, ref passed, ref baseline, differing);
            if (our is not null) Console.WriteLine("    " + string.Join("\n    ", our.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(6)));
        }

        Print("mosquitto", chosen.Count, passed, baseline, differing);
        return 0;
    }

    private static async Task<int> RunPahoAsync(string checkout, CancellationToken stop)
    {
        using var place = new TemporaryFolder();
        SortedDictionary<string, bool> theirs, ours;
        using (var mosquitto = MosquittoProcess.Start(place.Path))
        {
            await UntilOpenAsync(mosquitto.Port, stop);
            theirs = await PahoSuite.RunAsync(checkout, mosquitto.Port, stop);
        }

        var port = Ports.Free(1)[0];
        await using (var server = HostProcess.Start(place.Path, $"--Anlan:MqttTestPort={port}"))
        {
            await server.UntilReadyAsync(TimeSpan.FromMinutes(1), stop);
            ours = await PahoSuite.RunAsync(checkout, port, stop);
        }

        var (passed, baseline, differing) = (0, 0, new List<string>());
        var names = theirs.Keys.Union(ours.Keys, StringComparer.Ordinal).ToList();
        foreach (var test in names) Count(test, theirs.GetValueOrDefault(test), ours.GetValueOrDefault(test), ref passed, ref baseline, differing);
        Print("paho", names.Count, passed, baseline, differing);
        return 0;
    }

    private static void Count(string test, bool their, bool our, ref int passed, ref int baseline, List<string> differing)
    {
        passed += our ? 1 : 0;
        baseline += their ? 1 : 0;
        if (their != our) differing.Add($"{test} ({(our ? "ours" : "mosquitto")} only)");
        Console.WriteLine($"{(our ? "passed" : "failed")}  {(their ? "passed" : "failed")}  {test}");
    }

    private static void Print(string suite, int tests, int passed, int baseline, List<string> differing) =>
        new BenchReport("conformance", "tests passed").With("value", passed).With("suite", suite).With("tests", tests).Against(baseline).With("differing", differing).Print();

    // The tests start "mosquitto -v -p PORT" or "mosquitto -v -c FILE" and stop it again: in its place comes the built server with its test door on that port.
    private static async Task<string> WriteLauncherAsync(string place, CancellationToken stop)
    {
        var launcher = Path.Combine(place, "launcher");
        await File.WriteAllTextAsync(launcher, $"""
            case "$2" in
              -p) port=$3 ;;
              -c) port=$(sed -nE 's/^(listener|port) ([0-9]+).*/\2/p' "$3" | head -n 1) ;;
            esac
            exec "{HostProcess.Program()}" --Anlan:Data="{place}/data" --Anlan:HttpPort={Ports.Free(1)[0].ToString(CultureInfo.InvariantCulture)} --Anlan:MqttPort=0 --Anlan:MqttTestPort="$port" \
              --Logging:LogLevel:Default=Warning >>"{place}/server.log"

            """, stop);
        return launcher;
    }

    private static Task UntilOpenAsync(int port, CancellationToken stop) => Waiting.UntilAsync(
        async () =>
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync("127.0.0.1", port, stop);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        },
        TimeSpan.FromSeconds(10), $"a broker at port {port}", stop: stop);
}
