using System.Net;
using Anlan.Toolkit.Mqtt;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using static Anlan.Tests.Platform.Toolkit.Mqtt.Protocol.RawClient;

namespace Anlan.Tests.Platform.Toolkit.Mqtt.Protocol;

/// <summary>The broker's protocol, packet by packet through the door without topic rules; time is the test's.</summary>
public sealed class MqttEngineTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new();
    private WebApplication _app = null!;
    private int _port;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseTestMqtt()));
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddSingleton<IDeviceAuthenticator>(new Nobody());
        builder.Services.AddMqttBroker();
        builder.Services.AddMqttTestDoor();
        _app = builder.Build();
        await _app.StartAsync();
        _port = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Who_has_no_name_is_given_one_unless_the_session_is_to_last()
    {
        using var older = await ConnectAsync(_port, "", version: 4);
        using var newer = await OpenAsync(_port);
        await newer.SayAsync(Connect(""));
        // Topic aliases, 44 bytes of assigned name, receive maximum.
        await newer.HearAsync([0x20, 53, 0, 0, 50, 0x22, 0, 10, 0x12, 0, 41], "auto-"u8.ToArray());
        using var lasting = await OpenAsync(_port);

        await lasting.AskAsync(Connect("", version: 4, clean: false), [0x20, 2, 0, 2]);

        await lasting.HearTheEndAsync();
        await older.HearNothingAsync();
    }

    [Theory]
    [InlineData("100c00044d5154540602003c0000", "20020001")]
    [InlineData("100c00044d5154540002003c0000", "20020001")]
    [InlineData("101600044d5154540502003c081500054155544831000161", "2003008c00")]
    [InlineData("100c00044d5154540403003c0000", "")]
    [InlineData("100c00044d5154540442003c0000", "")]
    [InlineData("100c00044d5154540418003c0000", "")]
    [InlineData("100e00044d5154540402003c00000000", "")]
    [InlineData("100e00044d5154540402003c0002c328", "")]
    [InlineData("100e00044d5154540402003c00026100", "")]
    [InlineData("100e00044d5154540402003c0002611f", "")]
    [InlineData("100f00044d5154540402003c000361c29f", "")]
    public async Task A_greeting_against_the_standard_is_not_accepted(string greeting, string answer)
    {
        using var client = await OpenAsync(_port);

        await client.AskAsync(Convert.FromHexString(greeting), Convert.FromHexString(answer));

        await client.HearTheEndAsync();
    }

    [Theory]
    [InlineData("8209000100000374 2f7403", 0x81)]
    [InlineData("8209000100000374 2f7430", 0x81)]
    [InlineData("8209000000000374 2f7401", 0x81)]
    [InlineData("8009000100000374 2f7401", 0x81)]
    [InlineData("8209000100000374 2b7401", 0x81)]
    [InlineData("8203000100", 0x81)]
    [InlineData("a203000100", 0x81)]
    [InlineData("3605000174000000", 0x81)]
    [InlineData("300500012b0061", 0x81)]
    [InlineData("3007000174032300 00", 0x94)]
    [InlineData("300700017403230 00b", 0x94)]
    [InlineData("30060000032300 05", 0x82)]
    [InlineData("f000", 0x81)]
    public async Task A_packet_against_the_standard_ends_the_connection_and_says_why(string packet, int reason)
    {
        using var client = await ConnectAsync(_port, "one");

        await client.AskAsync(Convert.FromHexString(packet.Replace(" ", "", StringComparison.Ordinal)), [0xE0, 1, (byte)reason]);

        await client.HearTheEndAsync();
    }

    [Theory]
    [InlineData("101000044d5154540502003c0000036f6e65")]
    [InlineData("20020000")]
    [InlineData("d000")]
    public async Task A_second_greeting_or_what_only_a_broker_says_ends_the_connection_without_a_word(string packet)
    {
        using var client = await ConnectAsync(_port, "one");

        await client.SayAsync(Convert.FromHexString(packet));

        await client.HearTheEndAsync();
    }

    [Fact]
    public async Task Quality_2_arrives_once_however_often_it_is_said()
    {
        using var ear = await ConnectAsync(_port, "ear");
        await ear.SubscribeAsync("t", 0);
        var mouth = await ConnectAsync(_port, "mouth", clean: false, properties: Four(0x11, 60));
        await mouth.AskAsync(Publish5("t", "word", 2, 7), [0x50, 2, 0, 7]);
        mouth.Dispose();
        using var again = await BackAsync("mouth", Four(0x11, 60));

        await again.AskAsync(Publish5("t", "word", 2, 7, again: true), [0x50, 2, 0, 7]);
        await ear.HearNothingAsync();
        await again.AskAsync([0x62, 2, 0, 7], [0x70, 2, 0, 7]);
        await again.AskAsync([0x62, 2, 0, 7], [0x70, 2, 0, 7]);

        await ear.HearAsync(Publish5("t", "word"));
        await ear.HearNothingAsync();
    }

    [Fact]
    public async Task Who_says_the_same_of_quality_2_again_and_again_is_cut_off()
    {
        using var mouth = await ConnectAsync(_port, "mouth");
        await mouth.AskAsync(Publish5("t", "word", 2, 7), [0x50, 2, 0, 7]);
        await mouth.AskAsync(Publish5("t", "word", 2, 7, again: true), [0x50, 2, 0, 7]);

        await mouth.AskAsync(Publish5("t", "word", 2, 7, again: true), [0xE0, 1, 0x82]);

        await mouth.HearTheEndAsync();
    }

    [Fact]
    public async Task What_was_not_acknowledged_comes_again_and_what_was_said_meanwhile_after_it()
    {
        var ear = await ConnectAsync(_port, "ear", clean: false, properties: Four(0x11, 60));
        await ear.SubscribeAsync("t", 2);
        using var mouth = await ConnectAsync(_port, "mouth");
        await mouth.AskAsync(Publish5("t", "one", 1, 1), [0x40, 2, 0, 1]);
        await mouth.AskAsync(Publish5("t", "two", 2, 2), [0x50, 2, 0, 2]);
        await mouth.AskAsync([0x62, 2, 0, 2], [0x70, 2, 0, 2]);
        await ear.HearAsync(Publish5("t", "one", 1, 1), Publish5("t", "two", 2, 2));
        await ear.AskAsync([0x50, 2, 0, 2], [0x62, 2, 0, 2]);
        ear.Dispose();
        await GoneAsync(mouth, "ear");
        await mouth.AskAsync(Publish5("t", "three", 1, 3), [0x40, 2, 0, 3]);
        await mouth.SayAsync(Publish5("t", "quality 0 does not wait"));
        await mouth.HearNothingAsync();

        using var back = await BackAsync("ear", Four(0x11, 60));

        await back.HearAsync(Publish5("t", "one", 1, 1, again: true), [0x62, 2, 0, 2], Publish5("t", "three", 1, 3));
        await back.SayAsync([0x40, 2, 0, 1], [0x70, 2, 0, 2], [0x40, 2, 0, 3]);
        await back.HearNothingAsync();
    }

    [Theory]
    [InlineData(1, 0x50)]
    [InlineData(1, 0x70)]
    [InlineData(2, 0x40)]
    [InlineData(2, 0x70)]
    public async Task An_acknowledgement_that_does_not_belong_to_the_message_ends_the_connection(int quality, int answer)
    {
        using var ear = await ConnectAsync(_port, "ear");
        await ear.SubscribeAsync("t", quality);
        using var mouth = await ConnectAsync(_port, "mouth");
        await mouth.SayAsync(Publish5("t", "word", quality, 1), [0x62, 2, 0, 1]);
        await ear.HearAsync(Publish5("t", "word", quality, 1));

        await ear.SayAsync([(byte)answer, 2, 0, 1]);

        await ear.HearTheEndAsync();
    }

    [Fact]
    public async Task No_more_is_under_way_than_the_client_takes_and_a_refused_message_makes_room()
    {
        using var ear = await ConnectAsync(_port, "ear", properties: [0x21, 0, 1]);
        await ear.SubscribeAsync("t", 2);
        using var mouth = await ConnectAsync(_port, "mouth");
        for (var i = 1; i <= 3; i++) await mouth.AskAsync(Publish5("t", $"{i}", 1, (ushort)i), [0x40, 2, 0, (byte)i]);

        await ear.HearAsync(Publish5("t", "1", 1, 1));
        await ear.HearNothingAsync();
        await ear.AskAsync([0x40, 2, 0, 1], Publish5("t", "2", 1, 2));
        await ear.AskAsync([0x40, 3, 0, 2, 0x80], Publish5("t", "3", 1, 3));
    }

    [Fact]
    public async Task A_client_that_begins_too_much_of_quality_2_is_cut_off()
    {
        using var mouth = await ConnectAsync(_port, "mouth");
        for (byte i = 1; i <= 20; i++) await mouth.AskAsync(Publish5("t", "x", 2, i), [0x50, 2, 0, i]);

        await mouth.AskAsync(Publish5("t", "x", 2, 21), [0xE0, 1, 0x93]);

        await mouth.HearTheEndAsync();
    }

    [Fact]
    public async Task A_message_larger_than_the_client_takes_is_left_out_and_properties_go_through_as_they_came()
    {
        using var ear = await ConnectAsync(_port, "ear", properties: Four(0x27, 40));
        await ear.SubscribeAsync("t", 1);
        using var mouth = await ConnectAsync(_port, "mouth");
        byte[] properties = [0x26, 0, 1, (byte)'a', 0, 1, (byte)'b', 0x01, 1, 0x08, 0, 1, (byte)'r', 0x09, 0, 1, 9];
        await mouth.AskAsync(Publish5("t", new string('x', 60), 1, 1), [0x40, 2, 0, 1]);
        await mouth.AskAsync(Publish5("t", "word", 1, 2, properties: properties), [0x40, 2, 0, 2]);

        await ear.HearAsync(Publish5("t", "word", 1, 2, properties: properties));
    }

    [Fact]
    public async Task A_topic_may_be_said_by_its_alias()
    {
        using var ear = await ConnectAsync(_port, "ear");
        await ear.SubscribeAsync("t", 0);
        using var mouth = await ConnectAsync(_port, "mouth");

        await mouth.SayAsync(Publish5("t", "one", properties: [0x23, 0, 3]), Publish5("", "two", properties: [0x23, 0, 3]));

        await ear.HearAsync(Publish5("t", "one"), Publish5("t", "two"));
    }

    [Fact]
    public async Task Overlapping_subscriptions_bring_a_message_once_with_the_best_quality_and_all_identifiers()
    {
        using var ear = await ConnectAsync(_port, "ear");
        await ear.SubscribeAsync("t/#", 1, [0x0B, 1]);
        await ear.SubscribeAsync("t/+", 2, [0x0B, 2]);
        using var mouth = await ConnectAsync(_port, "mouth");

        await mouth.SayAsync(Publish5("t/x", "word", 1, 1));

        await ear.HearAsync(Publish5("t/x", "word", 1, 1, properties: [0x0B, 1, 0x0B, 2]));
        await ear.HearNothingAsync();
    }

    [Fact]
    public async Task Nobody_hears_itself_who_does_not_want_to_and_a_bridge_never()
    {
        using var own = await ConnectAsync(_port, "own");
        await own.SubscribeAsync("t", 4);
        using var bridge = await OpenAsync(_port);
        await bridge.AskAsync(Packet(0x10, "MQTT", 0x84, 2, (ushort)0, "bridge"), Accepted(4));
        await bridge.AskAsync(Packet(0x82, (ushort)1, "t", 0), [0x90, 3, 0, 1, 0]);

        await own.AskAsync(Publish5("t", "from own", 1, 1), [0x40, 2, 0, 1]);
        await bridge.HearAsync(Packet(0x30, "t", "from own"u8.ToArray()));
        await bridge.SayAsync(Packet(0x30, "t", "from bridge"u8.ToArray()));

        await own.HearAsync(Publish5("t", "from bridge"));
        await own.HearNothingAsync();
        await bridge.HearNothingAsync();
    }

    [Fact]
    public async Task A_shared_subscription_is_served_in_turn_and_who_is_away_is_passed_over()
    {
        using var one = await ConnectAsync(_port, "one");
        await one.SubscribeAsync("$share/g/t", 0);
        var two = await ConnectAsync(_port, "two", clean: false, properties: Four(0x11, 60));
        await two.SubscribeAsync("$share/g/t", 0);
        using var mouth = await ConnectAsync(_port, "mouth");

        await mouth.SayAsync(Publish5("t", "1"), Publish5("t", "2"));
        await one.HearAsync(Publish5("t", "1"));
        await two.HearAsync(Publish5("t", "2"));
        two.Dispose();
        await GoneAsync(mouth, "two");
        await mouth.SayAsync(Publish5("t", "3"), Publish5("t", "4"));

        await one.HearAsync(Publish5("t", "3"), Publish5("t", "4"));
        await one.AskAsync(Packet(0xA2, (ushort)2, 0, "$share/g/t", "$share/g/t"), [0xB0, 5, 0, 2, 0, 0, 0x11]);
    }

    [Fact]
    public async Task Retained_messages_are_heard_as_the_subscriber_wants()
    {
        using var mouth = await ConnectAsync(_port, "mouth");
        await mouth.AskAsync(Publish5("t/a", "kept", 1, 1, retained: true), [0x40, 3, 0, 1, 0x10]);
        using var ear = await ConnectAsync(_port, "ear");

        await ear.SubscribeAsync("t/+", 0x21);
        await ear.HearNothingAsync();
        await ear.SubscribeAsync("t/+", 0x11);
        await ear.HearNothingAsync();
        await ear.SubscribeAsync("t/#", 0x19);
        await ear.HearAsync(Publish5("t/a", "kept", 1, 1, retained: true));
        await mouth.SayAsync(Publish5("t/a", "", 0, retained: true));
        await ear.HearAsync(Publish5("t/a", "", 0, retained: true));

        await ear.SubscribeAsync("t/a", 1);
        await ear.HearNothingAsync();
    }

    [Fact]
    public async Task A_message_tells_how_long_it_is_good_still_and_after_that_it_is_not_delivered()
    {
        var ear = await ConnectAsync(_port, "ear", clean: false, properties: Four(0x11, 600));
        await ear.SubscribeAsync("t", 1);
        ear.Dispose();
        using var mouth = await ConnectAsync(_port, "mouth");
        await GoneAsync(mouth, "ear");
        await mouth.AskAsync(Publish5("t", "long", 1, 1, properties: Four(0x02, 60)), [0x40, 2, 0, 1]);
        await mouth.AskAsync(Publish5("t", "short", 1, 2, properties: Four(0x02, 10)), [0x40, 2, 0, 2]);
        await mouth.AskAsync(Publish5("kept", "short", 1, 3, retained: true, properties: Four(0x02, 10)), [0x40, 3, 0, 3, 0x10]);
        _clock.Advance(TimeSpan.FromSeconds(20));

        using var back = await BackAsync("ear", Four(0x11, 600));

        await back.HearAsync(Publish5("t", "long", 1, 1, properties: Four(0x02, 40)));
        await back.SubscribeAsync("kept", 0);
        await back.HearNothingAsync();
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(11, false)]
    public async Task A_session_waits_for_its_client_as_long_as_it_was_told_to(int seconds, bool isThere)
    {
        var client = await ConnectAsync(_port, "one", clean: false, properties: Four(0x11, 600));
        // Leaving, it may shorten the time.
        await client.SayAsync(Packet(0xE0, 0, Properties(Four(0x11, 10))));
        await client.HearTheEndAsync();
        using var other = await ConnectAsync(_port, "other");
        await GoneAsync(other, "one");
        _clock.Advance(TimeSpan.FromSeconds(seconds));

        using var back = await ConnectAsync(_port, "one", clean: false, present: isThere);
        await back.AskAsync(Packet(0xE0, 0, Properties(Four(0x11, 10))), [0xE0, 1, 0x82]);
    }

    [Fact]
    public async Task A_will_waits_and_is_not_spoken_when_its_client_comes_back_in_time()
    {
        using var heir = await ConnectAsync(_port, "heir");
        await heir.SubscribeAsync("will/#", 0);
        var fast = await WithWillAsync("fast", delay: 5, expiry: 60);
        var late = await WithWillAsync("late", delay: 5, expiry: 60);
        var brief = await WithWillAsync("brief", delay: 50, expiry: 2);
        foreach (var client in (RawClient[])[fast, late, brief]) client.Dispose();
        foreach (var name in (string[])["fast", "late", "brief"]) await GoneAsync(heir, name);

        _clock.Advance(TimeSpan.FromSeconds(3));
        await heir.HearAsync(Publish5("will/brief", "gone"));
        using var back = await BackAsync("fast", Four(0x11, 60));
        _clock.Advance(TimeSpan.FromSeconds(3));

        await heir.HearAsync(Publish5("will/late", "gone"));
        await heir.HearNothingAsync();
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_will_that_waits_is_spoken_though_the_session_ended_unless_the_client_begins_anew(bool isBack, bool isSpoken)
    {
        using var heir = await ConnectAsync(_port, "heir");
        await heir.SubscribeAsync("will/#", 0);
        using (await WithWillAsync("one", delay: 5))
        {
            await heir.HearNothingAsync();
        }

        await GoneAsync(heir, "one");
        await heir.HearNothingAsync();
        using var back = isBack ? await ConnectAsync(_port, "one") : null;
        _clock.Advance(TimeSpan.FromSeconds(6));

        if (isSpoken) await heir.HearAsync(Publish5("will/one", "gone"));
        await heir.HearNothingAsync();
    }

    [Fact]
    public async Task A_will_is_spoken_on_request_at_a_take_over_and_when_the_client_falls_silent()
    {
        using var heir = await ConnectAsync(_port, "heir");
        await heir.SubscribeAsync("will/#", 0);
        using var polite = await WithWillAsync("polite");
        await polite.SayAsync([0xE0, 0]);
        await polite.HearTheEndAsync();
        using var asking = await WithWillAsync("asking");
        await asking.SayAsync([0xE0, 1, 4]);
        await heir.HearAsync(Publish5("will/asking", "gone"));

        using var older = await WithWillAsync("twice");
        using var newer = await ConnectAsync(_port, "twice", keepAlive: 10);
        await older.HearAsync([0xE0, 1, 0x8E]);
        await heir.HearAsync(Publish5("will/twice", "gone"));

        using var silent = await WithWillAsync("silent", keepAlive: 10);
        _clock.Advance(TimeSpan.FromSeconds(16));

        await silent.HearAsync([0xE0, 1, 0x8D]);
        await heir.HearAsync(Publish5("will/silent", "gone"));
        await newer.HearAsync([0xE0, 1, 0x8D]);
    }

    [Fact]
    public async Task A_will_is_good_from_when_it_is_spoken_and_not_from_the_greeting()
    {
        using var heir = await ConnectAsync(_port, "heir");
        await heir.SubscribeAsync("will", 0);
        using (var owner = await OpenAsync(_port))
        {
            await owner.AskAsync(Packet(0x10, "MQTT", 5, 0x06, (ushort)0, 0, "owner", Properties(Four(0x02, 10)), "will", Text("gone")), Accepted(5));
            _clock.Advance(TimeSpan.FromSeconds(60));
        }

        await heir.HearAsync(Publish5("will", "gone", properties: Four(0x02, 10)));
    }

    [Fact]
    public async Task Before_MQTT_5_nobody_knows_of_a_receive_maximum()
    {
        using var mouth = await ConnectAsync(_port, "mouth", version: 4);

        for (byte i = 1; i <= 30; i++) await mouth.AskAsync(Packet(0x34, "t", (ushort)i, "x"u8.ToArray()), [0x50, 2, 0, i]);
    }

    [Fact]
    public async Task Subscriptions_of_one_client_are_bounded()
    {
        using var ear = await ConnectAsync(_port, "ear");
        for (var i = 0; i < 1000; i++) await ear.SubscribeAsync($"t/{i}", 0);

        await ear.AskAsync(Packet(0x82, (ushort)1, 0, "t/x", 0), [0x90, 4, 0, 1, 0, 0x97]);
        await ear.SubscribeAsync("t/1", 0);
    }

    [Theory]
    [InlineData("$SYS/broker/uptime", 0x87)]
    [InlineData("$share/g/t", 0x87)]
    [InlineData("$SYS/broker/connection/bridge/state", 0x10)]
    public async Task The_servers_own_topics_are_not_for_clients(string topic, int reason)
    {
        using var ear = await ConnectAsync(_port, "ear");
        await ear.SubscribeAsync("#", 0);

        await ear.AskAsync(Publish5(topic, "x", 1, 1), [0x40, 3, 0, 1, (byte)reason]);

        await ear.HearNothingAsync();
    }

    [Fact]
    public async Task Who_takes_nothing_is_given_up_after_the_answer_time_and_others_go_on()
    {
        using var ear = await ConnectAsync(_port, "ear");
        await ear.SubscribeAsync("t", 1);
        using var mouth = await ConnectAsync(_port, "mouth");
        var large = new string('x', 500_000);
        for (byte i = 1; i <= 19; i++) await mouth.AskAsync(Publish5("t", large, 1, i), [0x40, 2, 0, i]);

        _clock.Advance(TimeSpan.FromSeconds(11));

        // Its session ended with it: nobody subscribes any more.
        await GoneAsync(mouth, "ear");
        await mouth.AskAsync(Publish5("t", "x", 1, 20), [0x40, 3, 0, 20, 0x10]);
    }

    private async Task<RawClient> BackAsync(string id, byte[] properties) => await ConnectAsync(_port, id, clean: false, properties: properties, present: true);

    private async Task<RawClient> WithWillAsync(string id, uint delay = 0, uint expiry = 0, ushort keepAlive = 0)
    {
        var client = await OpenAsync(_port);
        await client.AskAsync(
            Packet(0x10, "MQTT", 5, 0x06, keepAlive, Properties(Four(0x11, expiry)), id, Properties(Four(0x18, delay)), "will/" + id, Text("gone")),
            Accepted(5));
        return client;
    }

    // The broker has noticed that a client is away.
    private async Task GoneAsync(RawClient other, string id)
    {
        await BrokerBench.UntilAsync(() => !_app.Services.GetRequiredService<MqttTestDoor>().IsConnected(id));
        await other.HearNothingAsync();
    }

    private sealed class Nobody : IDeviceAuthenticator
    {
        public bool IsGenuine(string serial, ReadOnlySpan<byte> secret) => false;
    }
}
