using static Anlan.Tests.Platform.Toolkit.Mqtt.Protocol.RawClient;

namespace Anlan.Tests.Platform.Toolkit.Mqtt.Protocol;

/// <summary>The broker's protocol, packet by packet.</summary>
public sealed class MqttEngineTests : EngineBench
{
    [Fact]
    public async Task Who_has_no_name_is_given_one_unless_the_session_is_to_last()
    {
        using var older = await ConnectAsync(Port, "", version: 4);
        using var newer = await OpenAsync(Port);
        await newer.SayAsync(Connect(""));
        // Topic aliases, 44 bytes of assigned name, receive maximum.
        await newer.HearAsync([0x20, 53, 0, 0, 50, 0x22, 0, 10, 0x12, 0, 41], "auto-"u8.ToArray());
        using var lasting = await OpenAsync(Port);

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
        using var client = await OpenAsync(Port);

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
        using var client = await ConnectAsync(Port, "one");

        await client.AskAsync(Convert.FromHexString(packet.Replace(" ", "", StringComparison.Ordinal)), [0xE0, 1, (byte)reason]);

        await client.HearTheEndAsync();
    }

    [Theory]
    [InlineData("101000044d5154540502003c0000036f6e65")]
    [InlineData("20020000")]
    [InlineData("d000")]
    public async Task A_second_greeting_or_what_only_a_broker_says_ends_the_connection_without_a_word(string packet)
    {
        using var client = await ConnectAsync(Port, "one");

        await client.SayAsync(Convert.FromHexString(packet));

        await client.HearTheEndAsync();
    }

    [Fact]
    public async Task Quality_2_arrives_once_however_often_it_is_said()
    {
        using var ear = await ConnectAsync(Port, "ear");
        await ear.SubscribeAsync("t", 0);
        var mouth = await ConnectAsync(Port, "mouth", clean: false, properties: Four(0x11, 60));
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
        using var mouth = await ConnectAsync(Port, "mouth");
        await mouth.AskAsync(Publish5("t", "word", 2, 7), [0x50, 2, 0, 7]);
        await mouth.AskAsync(Publish5("t", "word", 2, 7, again: true), [0x50, 2, 0, 7]);

        await mouth.AskAsync(Publish5("t", "word", 2, 7, again: true), [0xE0, 1, 0x82]);

        await mouth.HearTheEndAsync();
    }

    [Fact]
    public async Task What_was_not_acknowledged_comes_again_and_what_was_said_meanwhile_after_it()
    {
        var ear = await ConnectAsync(Port, "ear", clean: false, properties: Four(0x11, 60));
        await ear.SubscribeAsync("t", 2);
        using var mouth = await ConnectAsync(Port, "mouth");
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
        using var ear = await ConnectAsync(Port, "ear");
        await ear.SubscribeAsync("t", quality);
        using var mouth = await ConnectAsync(Port, "mouth");
        await mouth.SayAsync(Publish5("t", "word", quality, 1), [0x62, 2, 0, 1]);
        await ear.HearAsync(Publish5("t", "word", quality, 1));

        await ear.SayAsync([(byte)answer, 2, 0, 1]);

        await ear.HearTheEndAsync();
    }

    [Fact]
    public async Task No_more_is_under_way_than_the_client_takes_and_a_refused_message_makes_room()
    {
        using var ear = await ConnectAsync(Port, "ear", properties: [0x21, 0, 1]);
        await ear.SubscribeAsync("t", 2);
        using var mouth = await ConnectAsync(Port, "mouth");
        for (var i = 1; i <= 3; i++) await mouth.AskAsync(Publish5("t", $"{i}", 1, (ushort)i), [0x40, 2, 0, (byte)i]);

        await ear.HearAsync(Publish5("t", "1", 1, 1));
        await ear.HearNothingAsync();
        await ear.AskAsync([0x40, 2, 0, 1], Publish5("t", "2", 1, 2));
        await ear.AskAsync([0x40, 3, 0, 2, 0x80], Publish5("t", "3", 1, 3));
    }

    [Fact]
    public async Task A_client_that_begins_too_much_of_quality_2_is_cut_off()
    {
        using var mouth = await ConnectAsync(Port, "mouth");
        for (byte i = 1; i <= 20; i++) await mouth.AskAsync(Publish5("t", "x", 2, i), [0x50, 2, 0, i]);

        await mouth.AskAsync(Publish5("t", "x", 2, 21), [0xE0, 1, 0x93]);

        await mouth.HearTheEndAsync();
    }

    [Fact]
    public async Task A_message_larger_than_the_client_takes_is_left_out_and_properties_go_through_as_they_came()
    {
        using var ear = await ConnectAsync(Port, "ear", properties: Four(0x27, 40));
        await ear.SubscribeAsync("t", 1);
        using var mouth = await ConnectAsync(Port, "mouth");
        byte[] properties = [0x26, 0, 1, (byte)'a', 0, 1, (byte)'b', 0x01, 1, 0x08, 0, 1, (byte)'r', 0x09, 0, 1, 9];
        await mouth.AskAsync(Publish5("t", new string('x', 60), 1, 1), [0x40, 2, 0, 1]);
        await mouth.AskAsync(Publish5("t", "word", 1, 2, properties: properties), [0x40, 2, 0, 2]);

        await ear.HearAsync(Publish5("t", "word", 1, 2, properties: properties));
    }

    [Fact]
    public async Task A_topic_may_be_said_by_its_alias()
    {
        using var ear = await ConnectAsync(Port, "ear");
        await ear.SubscribeAsync("t", 0);
        using var mouth = await ConnectAsync(Port, "mouth");

        await mouth.SayAsync(Publish5("t", "one", properties: [0x23, 0, 3]), Publish5("", "two", properties: [0x23, 0, 3]));

        await ear.HearAsync(Publish5("t", "one"), Publish5("t", "two"));
    }

    [Fact]
    public async Task Overlapping_subscriptions_bring_a_message_once_with_the_best_quality_and_all_identifiers()
    {
        using var ear = await ConnectAsync(Port, "ear");
        await ear.SubscribeAsync("t/#", 1, [0x0B, 1]);
        await ear.SubscribeAsync("t/+", 2, [0x0B, 2]);
        using var mouth = await ConnectAsync(Port, "mouth");

        await mouth.SayAsync(Publish5("t/x", "word", 1, 1));

        await ear.HearAsync(Publish5("t/x", "word", 1, 1, properties: [0x0B, 1, 0x0B, 2]));
        await ear.HearNothingAsync();
    }

    [Fact]
    public async Task Nobody_hears_itself_who_does_not_want_to_and_a_bridge_never()
    {
        using var own = await ConnectAsync(Port, "own");
        await own.SubscribeAsync("t", 4);
        using var bridge = await OpenAsync(Port);
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
    public async Task Retained_messages_are_heard_as_the_subscriber_wants()
    {
        using var mouth = await ConnectAsync(Port, "mouth");
        await mouth.AskAsync(Publish5("t/a", "kept", 1, 1, retained: true), [0x40, 3, 0, 1, 0x10]);
        using var ear = await ConnectAsync(Port, "ear");

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
    public async Task Before_MQTT_5_nobody_knows_of_a_receive_maximum()
    {
        using var mouth = await ConnectAsync(Port, "mouth", version: 4);

        for (byte i = 1; i <= 30; i++) await mouth.AskAsync(Packet(0x34, "t", (ushort)i, "x"u8.ToArray()), [0x50, 2, 0, i]);
    }

    [Fact]
    public async Task Subscriptions_of_one_client_are_bounded()
    {
        using var ear = await ConnectAsync(Port, "ear");
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
        using var ear = await ConnectAsync(Port, "ear");
        await ear.SubscribeAsync("#", 0);

        await ear.AskAsync(Publish5(topic, "x", 1, 1), [0x40, 3, 0, 1, (byte)reason]);

        await ear.HearNothingAsync();
    }
}
