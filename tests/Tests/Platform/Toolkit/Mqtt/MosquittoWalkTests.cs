using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Anlan.Tests.Boundaries;

namespace Anlan.Tests.Platform.Toolkit.Mqtt;

/// <summary>The walk of the protocol document: mosquitto_sub is the chip's ear, mosquitto_pub its mouth.</summary>
public sealed class MosquittoWalkTests : IAsyncLifetime
{
    private static readonly string Examples = Path.Combine(Repository.Root, "tests/Tests/Welding.Chip/Examples");
    private BrokerBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await BrokerBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    [Trait("Requirement", "CHIP-CONN-01")]
    [Trait("Requirement", "CHIP-CONN-08")]
    public async Task Mosquittos_clients_alone_play_a_chip(string version)
    {
        using var ear = Start("mosquitto_sub", version, "DEV-1", "-t", "anlan/v1/chip/DEV-1/down/#", "-v", "--will-topic", "anlan/v1/chip/DEV-1/up/offline", "--will-payload", "{\"boot\":12}", "--will-qos", "1");
        await BrokerBench.UntilAsync(() => _bench.Broker.ConnectionCount == 1);

        Assert.Equal(0, await RunAsync("mosquitto_pub", version, "DEV-1~pub", "-t", "anlan/v1/chip/DEV-1/up/hello", "-f", Path.Combine(Examples, "hello.json")));
        var time = await File.ReadAllTextAsync(Path.Combine(Examples, "time.json"));
        Assert.True(await _bench.Broker.TrySendAsync("DEV-1", "chip", "time", System.Text.Encoding.UTF8.GetBytes(time)));

        Assert.Equal("anlan/v1/chip/DEV-1/down/time " + time.Trim(), (await ear.StandardOutput.ReadLineAsync(Deadline))!.Trim());
        var hello = Assert.Single(_bench.Handler.Taken);
        Assert.Equal(("DEV-1", 12), (hello.Device, (int)JsonNode.Parse(hello.Payload)!["boot"]!));

        // Killed, not stopped: the broker speaks in its name.
        ear.Kill();
        await BrokerBench.UntilAsync(() => _bench.Gone.Contains("DEV-1"));
        await BrokerBench.UntilAsync(() => _bench.Rejected.Take().Messages.Any(kept => kept is { Device: "DEV-1", Channel: "chip/offline" }));
    }

    [Fact, Trait("Requirement", "CHIP-TOPIC-03")]
    public async Task What_must_not_work_does_not_work()
    {
        Assert.NotEqual(0, await RunAsync("mosquitto_pub", "mqttv311", "DEV-1~pub", "-t", "anlan/v1/chip/DEV-2/up/hello", "-m", "{}"));
        Assert.NotEqual(0, await RunAsync("mosquitto_pub", "mqttv311", "DEV-2", "-t", "anlan/v1/chip/DEV-1/up/hello", "-m", "{}"));
        Assert.NotEqual(0, await RunAsync("mosquitto_pub", "mqttv311", "DEV-1~pub", "-t", "anlan/v1/chip/DEV-1/up/hello", "-m", new string('x', 20_000)));

        Assert.Equal((1, 1, 1), (_bench.Counters.ForeignTopics, _bench.Counters.RejectedConnections, _bench.Counters.Oversized));
        Assert.Empty(_bench.Handler.Taken);
    }

    private static CancellationToken Deadline => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    private async Task<int> RunAsync(string program, string version, string clientId, params string[] arguments)
    {
        using var process = Start(program, version, clientId, arguments);
        try
        {
            await process.WaitForExitAsync(Deadline);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private Process Start(string program, string version, string clientId, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, ["-h", "127.0.0.1", "-p", _bench.Port.ToString(CultureInfo.InvariantCulture), "-V", version, "-i", clientId, "-u", "DEV-1", "-P", "secret-DEV-1", "-q", "1", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }
}
