using Anlan.Toolkit.Mqtt;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MQTTnet;

namespace Anlan.Tests.Platform.Toolkit.Mqtt;

/// <summary>A device that floods, hoards connections or would stay for ever is bounded; nothing of what it says is lost.</summary>
public sealed class DeviceLoadsTests
{
    [Fact]
    public void After_a_burst_each_message_waits_its_turn_and_pauses_are_given_back()
    {
        var clock = new FakeTimeProvider();
        var loads = new DeviceLoads(Options.Create(new BrokerOptions { MessageBurst = 2, MessagesPerSecond = 10 }), clock);
        Assert.Equal([0, 0, 100, 200], Enumerable.Range(0, 4).Select(_ => (int)loads.WaitOf("DEV-1").TotalMilliseconds));
        Assert.Equal(TimeSpan.Zero, loads.WaitOf("DEV-2"));

        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal([0, 0, 100], Enumerable.Range(0, 3).Select(_ => (int)loads.WaitOf("DEV-1").TotalMilliseconds));
    }

    [Fact]
    public void Who_hangs_up_in_the_middle_of_a_flood_comes_back_to_it()
    {
        var loads = new DeviceLoads(Options.Create(new BrokerOptions { MessageBurst = 1, MessagesPerSecond = 1 }), new FakeTimeProvider());
        loads.Begin("DEV-1");
        loads.WaitOf("DEV-1");
        loads.End("DEV-1");
        loads.Begin("DEV-1");

        Assert.Equal(TimeSpan.FromSeconds(1), loads.WaitOf("DEV-1"));
    }

    [Fact, Trait("Requirement", "CHIP-CONN-11")]
    public async Task A_flood_of_one_device_is_slowed_and_every_message_arrives()
    {
        await using var bench = await BrokerBench.StartAsync(limits => (limits.MessageBurst, limits.MessagesPerSecond) = (3, 50));
        using var flood = await bench.ConnectAsync("DEV-1");

        for (var i = 0; i < 6; i++) await flood.PublishAsync("anlan/v1/chip/DEV-1/up/hello", "{\"n\":" + i + "}");

        Assert.Equal(6, bench.Handler.Taken.Count);
        Assert.InRange(bench.Counters.Slowed, 1, 3);
    }

    [Fact, Trait("Requirement", "CHIP-CONN-08")]
    public async Task Tools_beyond_the_limit_are_refused_the_device_itself_never()
    {
        await using var bench = await BrokerBench.StartAsync(limits => limits.ConnectionsPerDevice = 2);
        using var first = await bench.ConnectAsync("DEV-1", "DEV-1~a");
        using var second = await bench.ConnectAsync("DEV-1", "DEV-1~b");
        using var third = await bench.ConnectAsync("DEV-1", "DEV-1~c");
        using var own = await bench.ConnectAsync("DEV-1");

        Assert.Equal(
            [MqttClientConnectResultCode.Success, MqttClientConnectResultCode.Success, MqttClientConnectResultCode.ServerUnavailable, MqttClientConnectResultCode.Success],
            [first.Code, second.Code, third.Code, own.Code]);
        Assert.Equal(1, bench.Counters.TooMany);
        Assert.Equal((RejectionKind.TooMany, "DEV-1"), bench.Rejected.Take().Messages.Select(kept => (kept.Kind, kept.Device)).Single());
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(60, true)]
    [InlineData(301, false)]
    public async Task Nobody_stays_whose_going_away_would_not_be_noticed(int keepAlive, bool isTaken)
    {
        await using var bench = await BrokerBench.StartAsync();
        using var client = new MqttClientFactory().CreateMqttClient();
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", bench.Port).WithClientId("DEV-1").WithCredentials("DEV-1", "secret-DEV-1").WithKeepAlivePeriod(TimeSpan.FromSeconds(keepAlive)).Build();

        var answer = await client.ConnectAsync(options);

        Assert.Equal((isTaken, isTaken ? 0 : 1), (answer.ResultCode == MqttClientConnectResultCode.Success, bench.Counters.TooMany));
    }
}
