using System.Diagnostics;
using System.Globalization;
using Anlan.Host;
using Anlan.Toolkit.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Anlan.Tests.Platform.Toolkit.Mqtt;

/// <summary>The door for public MQTT suites: mosquitto's own clients publish, subscribe, retain and leave wills through it, and nothing of it reaches devices.</summary>
public sealed class MqttTestDoorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("anlan-suite-").FullName;
    private readonly (int Devices, int Suites) _ports = (FreePort.Find(), FreePort.Find());

    [Fact]
    public async Task Mosquittos_clients_find_a_whole_broker_and_devices_hear_nothing_of_it()
    {
        await using var app = await StartAsync("127.0.0.1");
        var before = app.Services.GetRequiredService<HotLog>().LastSeq;
        foreach (var version in (string[])["mqttv311", "mqttv5"])
        {
            foreach (var qos in (string[])["0", "1", "2"])
            {
                using var ear = Subscribe(version, "2", $"suite/{version}/+", count: 1);
                await SubscribedAsync(ear);
                Assert.Equal(0, await RunAsync("mosquitto_pub", "-V", version, "-t", $"suite/{version}/{qos}", "-m", "word " + qos, "-q", qos));
                Assert.Equal($"suite/{version}/{qos} word {qos}", await HeardAsync(ear));
            }

            // Retained: whoever comes later hears it; an empty one takes it away.
            Assert.Equal(0, await RunAsync("mosquitto_pub", "-V", version, "-t", $"kept/{version}", "-m", "last", "-r", "-q", "1"));
            using (var late = Subscribe(version, "1", $"kept/{version}", count: 1)) Assert.Equal($"kept/{version} last", await HeardAsync(late));
            Assert.Equal(0, await RunAsync("mosquitto_pub", "-V", version, "-t", $"kept/{version}", "-n", "-r", "-q", "1"));
            Assert.Equal(27, await RunAsync("mosquitto_sub", "-V", version, "-t", $"kept/{version}", "-C", "1", "-W", "3"));

            // A will is spoken when its owner is cut off.
            using var heir = Subscribe(version, "1", $"will/{version}", count: 1);
            await SubscribedAsync(heir);
            using (var owner = Subscribe(version, "1", "nothing", count: 1, "--will-topic", $"will/{version}", "--will-payload", "gone", "--will-qos", "1"))
            {
                await SubscribedAsync(owner);
                owner.Kill();
            }

            Assert.Equal($"will/{version} gone", await HeardAsync(heir));
        }

        Assert.Equal(0, await RunAsync("mosquitto_pub", "-V", "mqttv5", "-t", "anlan/v1/chip/CHIP-1/up/hello", "-m", "{}", "-q", "1"));
        Assert.Equal(before, app.Services.GetRequiredService<HotLog>().LastSeq);
        // The devices' door has its rules still.
        Assert.NotEqual(0, await RunOnAsync(_ports.Devices, "mosquitto_pub", "-V", "mqttv311", "-t", "suite/x", "-m", "x"));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.1")]
    [InlineData("::")]
    [InlineData("localhost")]
    public async Task It_opens_to_nobody_else(string address)
    {
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync(address));

        Assert.Contains("Anlan:MqttTestAddress", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => TestStore.Remove(_folder);

    private static CancellationToken Deadline => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    private async Task<WebApplication> StartAsync(string address)
    {
        var app = HostApplication.Build(
            [$"--Anlan:Data={_folder}", $"--Anlan:HttpPort={FreePort.Find()}", $"--Anlan:MqttPort={_ports.Devices}", $"--Anlan:MqttTestPort={_ports.Suites}", $"--Anlan:MqttTestAddress={address}", .. TestStore.Arguments(_folder)],
            builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        return app;
    }

    // With -d the client tells when its subscription stands.
    private Process Subscribe(string version, string qos, string topic, int count, params string[] more) =>
        Start(_ports.Suites, "mosquitto_sub", ["-d", "-v", "-V", version, "-q", qos, "-t", topic, "-C", count.ToString(CultureInfo.InvariantCulture), .. more]);

    private static async Task SubscribedAsync(Process ear)
    {
        while (await ear.StandardOutput.ReadLineAsync(Deadline) is { } line)
        {
            if (line.StartsWith("Subscribed", StringComparison.Ordinal)) return;
        }

        Assert.Fail("The subscription was refused: " + await ear.StandardError.ReadToEndAsync(Deadline));
    }

    private static async Task<string?> HeardAsync(Process ear)
    {
        while (await ear.StandardOutput.ReadLineAsync(Deadline) is { } line)
        {
            if (!line.StartsWith("Client ", StringComparison.Ordinal) && !line.StartsWith("Subscribed", StringComparison.Ordinal)) return line;
        }

        return null;
    }

    private Task<int> RunAsync(string program, params string[] arguments) => RunOnAsync(_ports.Suites, program, arguments);

    private static async Task<int> RunOnAsync(int port, string program, params string[] arguments)
    {
        using var process = Start(port, program, arguments);
        await process.WaitForExitAsync(Deadline);
        return process.ExitCode;
    }

    // Both come without a name. Into a pipe they would speak in blocks only.
    private static Process Start(int port, string program, IReadOnlyList<string> arguments) =>
        Process.Start(new ProcessStartInfo("stdbuf", ["-oL", program, "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
