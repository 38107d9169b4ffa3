using System.Net.Sockets;
using Anlan.Toolkit.Mqtt;
using Anlan.Toolkit.Mqtt.Protocol;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Anlan.Tests.Platform.Toolkit.Mqtt;

public sealed class MqttBrokerTests : IAsyncLifetime
{
    private const string Hello = "anlan/v1/chip/DEV-1/up/hello";
    private BrokerBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await BrokerBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    [Trait("Requirement", "CHIP-CONN-01")]
    public async Task Both_versions_of_MQTT_are_spoken(MqttProtocolVersion version)
    {
        using var device = await _bench.ConnectAsync("DEV-1", version: version);

        await device.PublishAsync(Hello, "one");
        await _bench.Broker.TrySendAsync("DEV-1", "chip", "time", "two"u8.ToArray());

        await BrokerBench.UntilAsync(() => device.Received.Contains("two"));
        Assert.Equal([("DEV-1", "one")], _bench.Handler.Taken);
    }

    [Theory]
    [InlineData("DEV-1", "DEV-1", "secret-DEV-2")]
    [InlineData("DEV-1", "DEV-2", "secret-DEV-1")]
    [InlineData("DEV-1", "DEV-1", "")]
    [InlineData("NOBODY", "NOBODY", "secret-NOBODY")]
    [InlineData("DEV-1", "~DEV-1", "secret-DEV-1")]
    [InlineData("DEV-1", "DEV-2~pub", "secret-DEV-1")]
    [InlineData("DEV-#", "DEV-#", "secret-DEV-#")]
    [Trait("Requirement", "CHIP-CONN-02")]
    public async Task Whoever_is_not_a_device_with_its_own_secret_is_refused_and_counted(string userName, string clientId, string secret)
    {
        foreach (var version in new[] { MqttProtocolVersion.V311, MqttProtocolVersion.V500 })
        {
            using var stranger = await _bench.ConnectAsync(userName, clientId, secret, version);

            Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, stranger.Code);
        }

        Assert.Equal(2, _bench.Counters.RejectedConnections);
        Assert.Equal(0, _bench.Broker.ConnectionCount);
        Assert.All(_bench.Rejected.Take().Messages, kept => Assert.Equal((RejectionKind.Credential, "127.0.0.1", 0), (kept.Kind, kept.Source, kept.Payload.Length)));
    }

    [Fact, Trait("Requirement", "CHIP-CONN-06")]
    public async Task A_newer_connection_takes_the_older_ones_place_and_the_device_stays()
    {
        using var older = await _bench.ConnectAsync("DEV-1", will: "anlan/v1/chip/DEV-1/up/hello");
        using var newer = await _bench.ConnectAsync("DEV-1");

        await BrokerBench.UntilAsync(() => older.IsGone);
        Assert.True((await newer.PublishAsync(Hello, "here")).IsSuccess);
        Assert.Equal([("DEV-1", "here")], _bench.Handler.Taken);
        await _bench.Broker.TrySendAsync("DEV-1", "chip", "time", "for the newer"u8.ToArray());
        await BrokerBench.UntilAsync(() => newer.Received.Contains("for the newer"));

        Assert.Empty(_bench.Gone);
        newer.Dispose();
        await BrokerBench.UntilAsync(() => _bench.Gone.Contains("DEV-1"));
    }

    [Fact, Trait("Requirement", "CHIP-CONN-06")]
    public async Task A_device_that_is_back_before_the_end_of_its_old_connection_was_noticed_stays()
    {
        IBrokerRules broker = _bench.Broker;
        var older = new MqttSession("DEV-1", new EngineSettings { AnswerTime = TimeSpan.FromSeconds(10), LongestSession = 0, MostWaiting = 10, Window = 10 });
        await broker.ConnectedAsync(older);
        using var newer = await _bench.ConnectAsync("DEV-1");

        await broker.DisconnectedAsync(older, isTakenOver: false);

        Assert.True(await _bench.Broker.TrySendAsync("DEV-1", "chip", "time", "still there"u8.ToArray()));
        await BrokerBench.UntilAsync(() => newer.Received.Contains("still there"));
        Assert.Empty(_bench.Gone);
    }

    [Fact, Trait("Requirement", "CHIP-CONN-08")]
    public async Task A_technicians_connection_publishes_for_the_device_and_takes_nothing_from_it()
    {
        using var device = await _bench.ConnectAsync("DEV-1");
        using (var tool = await _bench.ConnectAsync("DEV-1", clientId: "DEV-1~pub"))
        {
            await tool.PublishAsync(Hello, "by hand");
            Assert.Equal([("DEV-1", "by hand")], _bench.Handler.Taken);
            Assert.Equal(1, _bench.Broker.ConnectionCount);
            await tool.Client.DisconnectAsync();
        }

        await _bench.Broker.TrySendAsync("DEV-1", "chip", "time", "answer"u8.ToArray());
        await BrokerBench.UntilAsync(() => device.Received.Contains("answer"));
        Assert.Empty(_bench.Gone);
    }

    [Fact, Trait("Requirement", "CHIP-CONN-08")]
    public async Task A_technicians_connection_alone_is_not_the_device()
    {
        using var tool = await _bench.ConnectAsync("DEV-1", clientId: "DEV-1~pub");

        Assert.False(await _bench.Broker.TrySendAsync("DEV-1", "chip", "grant", "power"u8.ToArray()));
    }

    [Theory]
    [InlineData("anlan/v1/chip/DEV-2/up/hello")]
    [InlineData("anlan/v1/chip/DEV-1/down/grant")]
    [InlineData("anlan/v1/chip/DEV-1/up/hello/more")]
    [InlineData("somewhere/else")]
    [Trait("Requirement", "CHIP-TOPIC-03")]
    public async Task Publishing_on_a_foreign_topic_ends_the_connection(string topic)
    {
        using var device = await _bench.ConnectAsync("DEV-1");

        await Assert.ThrowsAnyAsync<Exception>(() => device.PublishAsync(topic, "{}"));

        await BrokerBench.UntilAsync(() => device.IsGone);
        Assert.Equal(1, _bench.Counters.ForeignTopics);
        Assert.Empty(_bench.Handler.Taken);
    }

    [Theory]
    [InlineData("anlan/v1/chip/DEV-2/down/#")]
    [InlineData("anlan/v1/chip/+/down/grant")]
    [InlineData("anlan/v1/+/DEV-1/down/grant")]
    [InlineData("anlan/v1/chip/DEV-1/up/#")]
    [InlineData("#")]
    [InlineData("$SYS/#")]
    [Trait("Requirement", "CHIP-TOPIC-03")]
    public async Task Subscribing_a_foreign_topic_ends_the_connection(string topic)
    {
        using var device = await _bench.ConnectAsync("DEV-1");

        try
        {
            await device.Client.SubscribeAsync(topic, MqttQualityOfServiceLevel.AtLeastOnce);
        }
        catch (Exception refused) when (refused is MqttCommunicationException or OperationCanceledException)
        {
            // The connection may end before the refusal is read.
        }

        await BrokerBench.UntilAsync(() => device.IsGone);
        Assert.Equal(1, _bench.Counters.ForeignTopics);
    }

    [Fact, Trait("Requirement", "CHIP-TOPIC-04")]
    public async Task Nothing_goes_from_device_to_device()
    {
        using var one = await _bench.ConnectAsync("DEV-1");
        using var two = await _bench.ConnectAsync("DEV-2");
        await two.Client.SubscribeAsync("anlan/v1/chip/DEV-2/down/#", MqttQualityOfServiceLevel.AtLeastOnce);
        await Assert.ThrowsAnyAsync<Exception>(() => one.PublishAsync("anlan/v1/chip/DEV-2/down/grant", "forged"));

        await _bench.Broker.TrySendAsync("DEV-2", "chip", "time", "real"u8.ToArray());
        await BrokerBench.UntilAsync(() => !two.Received.IsEmpty);

        Assert.Equal(["real"], two.Received);
    }

    [Fact, Trait("Requirement", "CHIP-UP-08")]
    public async Task A_message_is_acknowledged_only_when_its_handler_is_done()
    {
        using var device = await _bench.ConnectAsync("DEV-1");
        _bench.Handler.Hold();

        var publishing = device.PublishAsync(Hello, "one");
        await BrokerBench.UntilAsync(() => !_bench.Handler.Taken.IsEmpty);
        Assert.False(publishing.IsCompleted);
        _bench.Handler.Release();

        Assert.True((await publishing).IsSuccess);
    }

    [Fact, Trait("Requirement", "CHIP-UP-08")]
    public async Task A_message_that_is_not_durable_is_never_acknowledged_and_the_connection_ends()
    {
        using var device = await _bench.ConnectAsync("DEV-1");
        _bench.Handler.Hold();
        var publishing = device.PublishAsync(Hello, "one");
        await BrokerBench.UntilAsync(() => !_bench.Handler.Taken.IsEmpty);

        _bench.Handler.Fail();

        await Assert.ThrowsAnyAsync<Exception>(() => publishing);
        await BrokerBench.UntilAsync(() => device.IsGone);
        Assert.Equal(0, _bench.Counters.Taken);
    }

    [Fact, Trait("Requirement", "CHIP-UP-10")]
    public async Task A_malformed_message_is_acknowledged_counted_kept_and_stops_nothing()
    {
        using var device = await _bench.ConnectAsync("DEV-1");

        Assert.True((await device.PublishAsync(Hello, "malformed")).IsSuccess);
        Assert.True((await device.PublishAsync("anlan/v1/chip/DEV-1/up/weather", "rain")).IsSuccess);
        Assert.True((await device.PublishAsync(Hello, "good")).IsSuccess);

        Assert.Equal((2, 1), (_bench.Counters.Malformed, _bench.Counters.Taken));
        Assert.Equal([("chip/hello", 9), ("chip/weather", 4)], _bench.Rejected.Take().Messages.Select(kept => (kept.Channel, kept.Length)));
        Assert.Equal([("DEV-1", "good")], _bench.Handler.Taken);
    }

    [Theory]
    [InlineData("10")]
    [InlineData("100c00044d5154540402003c000032")]
    [Trait("Requirement", "CHIP-CONN-07")]
    public async Task A_packet_that_announces_too_much_is_refused_on_its_header_even_before_connecting(string until)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", _bench.Port);

        // 16,385 bytes announced, none sent.
        await socket.SendAsync(Convert.FromHexString(until + "818001"));

        await BrokerBench.UntilAsync(() => _bench.Counters.Oversized == 1);
        Assert.True(await IsClosedAsync(socket));
    }

    [Fact, Trait("Requirement", "CHIP-CONN-07")]
    public async Task A_large_message_ends_its_own_connection_only()
    {
        using var bystander = await _bench.ConnectAsync("DEV-2");
        using var device = await _bench.ConnectAsync("DEV-1");
        Assert.True((await device.PublishAsync(Hello, new string('x', 16_000))).IsSuccess);

        await Assert.ThrowsAnyAsync<Exception>(() => device.PublishAsync(Hello, new string('x', 1_000_000)));

        await BrokerBench.UntilAsync(() => _bench.Counters.Oversized == 1);
        Assert.True((await bystander.PublishAsync("anlan/v1/chip/DEV-2/up/hello", "still here")).IsSuccess);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\u0010\u0005hello")]
    [InlineData("\u0030\u0003abc")]
    [Trait("Requirement", "CHIP-CONN-09")]
    public async Task What_is_no_MQTT_is_cut_off_and_counted_with_its_address(string garbage)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", _bench.Port);

        await socket.SendAsync(System.Text.Encoding.Latin1.GetBytes(garbage));

        Assert.True(await IsClosedAsync(socket));
        await BrokerBench.UntilAsync(() => _bench.Counters.NoMqtt == 1);
        Assert.Equal((RejectionKind.NoMqtt, "127.0.0.1", null), _bench.Rejected.Take().Messages.Select(kept => (kept.Kind, kept.Source, kept.Device)).Single());
    }

    [Fact, Trait("Requirement", "CHIP-CONN-09")]
    public async Task Half_a_greeting_is_counted_a_door_that_was_only_opened_and_closed_is_not()
    {
        using (var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)) await probe.ConnectAsync("127.0.0.1", _bench.Port);
        using (var half = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            await half.ConnectAsync("127.0.0.1", _bench.Port);
            await half.SendAsync(new byte[] { 0x10, 0x20, 0x00, 0x04 });
            half.Shutdown(SocketShutdown.Both);
        }

        await BrokerBench.UntilAsync(() => _bench.Counters.NoMqtt > 0);
        Assert.Equal("No readable CONNECT.", _bench.Rejected.Take().Messages.Single().Reason);
    }

    private static async Task<bool> IsClosedAsync(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[16]) == 0;
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return true;
        }
    }
}
