using static Anlan.Tests.Platform.Toolkit.Mqtt.Protocol.RawClient;

namespace Anlan.Tests.Platform.Toolkit.Mqtt.Protocol;

/// <summary>What time does to sessions, wills and messages, and who is served in turn.</summary>
public sealed class MqttTimeTests : EngineBench
{
    [Fact]
    public async Task A_shared_subscription_is_served_in_turn_and_who_is_away_is_passed_over()
    {
        using var one = await ConnectAsync(Port, "one");
        await one.SubscribeAsync("$share/g/t", 0);
        var two = await ConnectAsync(Port, "two", clean: false, properties: Four(0x11, 60));
        await two.SubscribeAsync("$share/g/t", 0);
        using var mouth = await ConnectAsync(Port, "mouth");

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
    public async Task A_message_tells_how_long_it_is_good_still_and_after_that_it_is_not_delivered()
    {
        var ear = await ConnectAsync(Port, "ear", clean: false, properties: Four(0x11, 600));
        await ear.SubscribeAsync("t", 1);
        ear.Dispose();
        using var mouth = await ConnectAsync(Port, "mouth");
        await GoneAsync(mouth, "ear");
        await mouth.AskAsync(Publish5("t", "long", 1, 1, properties: Four(0x02, 60)), [0x40, 2, 0, 1]);
        await mouth.AskAsync(Publish5("t", "short", 1, 2, properties: Four(0x02, 10)), [0x40, 2, 0, 2]);
        await mouth.AskAsync(Publish5("kept", "short", 1, 3, retained: true, properties: Four(0x02, 10)), [0x40, 3, 0, 3, 0x10]);
        Clock.Advance(TimeSpan.FromSeconds(20));

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
        var client = await ConnectAsync(Port, "one", clean: false, properties: Four(0x11, 600));
        // Leaving, it may shorten the time.
        await client.SayAsync(Packet(0xE0, 0, Properties(Four(0x11, 10))));
        await client.HearTheEndAsync();
        using var other = await ConnectAsync(Port, "other");
        await GoneAsync(other, "one");
        Clock.Advance(TimeSpan.FromSeconds(seconds));

        using var back = await ConnectAsync(Port, "one", clean: false, present: isThere);
        await back.AskAsync(Packet(0xE0, 0, Properties(Four(0x11, 10))), [0xE0, 1, 0x82]);
    }

    [Fact]
    public async Task A_will_waits_and_is_not_spoken_when_its_client_comes_back_in_time()
    {
        using var heir = await ConnectAsync(Port, "heir");
        await heir.SubscribeAsync("will/#", 0);
        var fast = await WithWillAsync("fast", delay: 5, expiry: 60);
        var late = await WithWillAsync("late", delay: 5, expiry: 60);
        var brief = await WithWillAsync("brief", delay: 50, expiry: 2);
        foreach (var client in (RawClient[])[fast, late, brief]) client.Dispose();
        foreach (var name in (string[])["fast", "late", "brief"]) await GoneAsync(heir, name);

        Clock.Advance(TimeSpan.FromSeconds(3));
        await heir.HearAsync(Publish5("will/brief", "gone"));
        using var back = await BackAsync("fast", Four(0x11, 60));
        Clock.Advance(TimeSpan.FromSeconds(3));

        await heir.HearAsync(Publish5("will/late", "gone"));
        await heir.HearNothingAsync();
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_will_that_waits_is_spoken_though_the_session_ended_unless_the_client_begins_anew(bool isBack, bool isSpoken)
    {
        using var heir = await ConnectAsync(Port, "heir");
        await heir.SubscribeAsync("will/#", 0);
        using (await WithWillAsync("one", delay: 5))
        {
            await heir.HearNothingAsync();
        }

        await GoneAsync(heir, "one");
        await heir.HearNothingAsync();
        using var back = isBack ? await ConnectAsync(Port, "one") : null;
        Clock.Advance(TimeSpan.FromSeconds(6));

        if (isSpoken) await heir.HearAsync(Publish5("will/one", "gone"));
        await heir.HearNothingAsync();
    }

    [Fact]
    public async Task A_will_is_spoken_on_request_at_a_take_over_and_when_the_client_falls_silent()
    {
        using var heir = await ConnectAsync(Port, "heir");
        await heir.SubscribeAsync("will/#", 0);
        using var polite = await WithWillAsync("polite");
        await polite.SayAsync([0xE0, 0]);
        await polite.HearTheEndAsync();
        using var asking = await WithWillAsync("asking");
        await asking.SayAsync([0xE0, 1, 4]);
        await heir.HearAsync(Publish5("will/asking", "gone"));

        using var older = await WithWillAsync("twice");
        using var newer = await ConnectAsync(Port, "twice", keepAlive: 10);
        await older.HearAsync([0xE0, 1, 0x8E]);
        await heir.HearAsync(Publish5("will/twice", "gone"));

        using var silent = await WithWillAsync("silent", keepAlive: 10);
        // The answer to a greeting may be heard before the broker has noted when it came: one step of the clock could be taken for a word just said.
        var farewells = Task.WhenAll(silent.HearAsync([0xE0, 1, 0x8D]), newer.HearAsync([0xE0, 1, 0x8D]));
        while (!farewells.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromSeconds(16));
            await Task.WhenAny(farewells, Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken));
        }

        await farewells;
        await heir.HearAsync(Publish5("will/silent", "gone"));
    }

    [Fact]
    public async Task A_will_is_good_from_when_it_is_spoken_and_not_from_the_greeting()
    {
        using var heir = await ConnectAsync(Port, "heir");
        await heir.SubscribeAsync("will", 0);
        using (var owner = await OpenAsync(Port))
        {
            await owner.AskAsync(Packet(0x10, "MQTT", 5, 0x06, (ushort)0, 0, "owner", Properties(Four(0x02, 10)), "will", Text("gone")), Accepted(5));
            Clock.Advance(TimeSpan.FromSeconds(60));
        }

        await heir.HearAsync(Publish5("will", "gone", properties: Four(0x02, 10)));
    }

    [Fact]
    public async Task Who_takes_nothing_is_given_up_after_the_answer_time_and_others_go_on()
    {
        using var ear = await ConnectAsync(Port, "ear");
        await ear.SubscribeAsync("t", 1);
        using var mouth = await ConnectAsync(Port, "mouth");
        var large = new string('x', 500_000);
        for (byte i = 1; i <= 19; i++) await mouth.AskAsync(Publish5("t", large, 1, i), [0x40, 2, 0, i]);

        Clock.Advance(TimeSpan.FromSeconds(11));

        // Its session ended with it: nobody subscribes any more.
        await GoneAsync(mouth, "ear");
        await mouth.AskAsync(Publish5("t", "x", 1, 20), [0x40, 3, 0, 20, 0x10]);
    }
}
