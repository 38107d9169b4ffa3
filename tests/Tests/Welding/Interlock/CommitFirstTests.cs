using System.Net;
using System.Text.Json;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;
using Anlan.Welding.Interlock;
using MQTTnet.Exceptions;

namespace Anlan.Tests.Welding.Interlock;

/// <summary>Nothing is acknowledged to a chip, granted or told to a person before it is durable; what cannot be made durable is refused, and nothing is lost by it.</summary>
public sealed class CommitFirstTests
{
    [Fact]
    [Trait("Requirement", "CHIP-UP-08")]
    public async Task No_acknowledgement_leaves_before_the_message_is_durable()
    {
        using var store = new GatedStore();
        await using var host = await WeldingHost.StartAsync(store.Around);
        var machine = await host.AMachineAsync();
        await using var chip = await RawChip.ConnectAsync(host, machine);
        using var welder = await SignedInWelder.AtAsync(host, host.Facts.AWelder(host.Enterprise));
        var last = host.Log.LastSeq;

        store.Hold();
        var report = chip.StateAsync(relay: false, RelayReason.Button, session: null);
        await WeldingHost.UntilAsync(() => store.Held.OfType<StateBody>().Any());
        await GiveTimeAsync(welder);

        Assert.False(report.IsCompleted, "acknowledged before the commit");
        Assert.Equal(last, host.Log.LastSeq);

        store.Release();
        await report;
        Assert.Single(host.ReadLog().Select(record => record.Body).OfType<StateBody>(), state => state.Reason == RelayReason.Button);
    }

    [Fact]
    public async Task No_grant_and_no_answer_leaves_before_the_decision_is_durable()
    {
        using var store = new GatedStore();
        await using var host = await WeldingHost.StartAsync(store.Around);
        var machine = await host.AMachineAsync();
        await using var chip = await RawChip.ConnectAsync(host, machine);
        using var welder = await SignedInWelder.AtAsync(host, host.Facts.AWelder(host.Enterprise));

        store.Hold();
        var start = welder.StartAsync(machine);
        await WeldingHost.UntilAsync(() => store.Held.OfType<DecisionBody>().Any());
        await GiveTimeAsync(welder);

        Assert.False(start.IsCompleted, "answered before the commit");
        Assert.DoesNotContain("grant", chip.Channels);
        Assert.Null(host.Sessions.At(machine.Id));

        store.Release();
        Assert.Equal(HttpStatusCode.OK, (await start).StatusCode);
        await WeldingHost.UntilAsync(() => chip.Channels.Contains("grant"));
    }

    [Fact]
    public async Task No_revoke_and_no_answer_leaves_before_the_stop_is_durable()
    {
        using var store = new GatedStore();
        await using var host = await WeldingHost.StartAsync(store.Around);
        var machine = await host.AMachineAsync();
        await using var chip = await RawChip.ConnectAsync(host, machine);
        using var welder = await SignedInWelder.AtAsync(host, host.Facts.AWelder(host.Enterprise));
        await welder.StartAsync(machine);

        store.Hold();
        var stop = welder.StopAsync(machine);
        await WeldingHost.UntilAsync(() => store.Held.OfType<RevocationBody>().Any());
        await GiveTimeAsync(welder);

        Assert.False(stop.IsCompleted, "answered before the commit");
        Assert.DoesNotContain("revoke", chip.Channels);

        store.Release();
        Assert.Equal(HttpStatusCode.OK, (await stop).StatusCode);
        await WeldingHost.UntilAsync(() => chip.Channels.Contains("revoke"));
    }

    [Fact]
    [Trait("Requirement", "CHIP-UP-08")]
    public async Task A_log_that_cannot_be_written_grants_nothing_says_so_and_hangs_up_on_chips_until_it_can()
    {
        using var store = new GatedStore();
        await using var host = await WeldingHost.StartAsync(store.Around);
        var machine = await host.AMachineAsync();
        var chip = await RawChip.ConnectAsync(host, machine);
        using var welder = await SignedInWelder.AtAsync(host, host.Facts.AWelder(host.Enterprise));
        var last = host.Log.LastSeq;

        store.Fail();
        using var refused = await welder.StartAsync(machine);
        var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("LogUnavailable", problem.GetProperty("title").GetString());
        Assert.Equal("LogUnavailable", problem.GetProperty("refusals")[0].GetProperty("code").GetString());
        Assert.DoesNotContain(" at Anlan.", problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("No space left", problem.ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<MqttCommunicationException>(() => chip.StateAsync(relay: false, RelayReason.Button, session: null));
        await WeldingHost.UntilAsync(() => !chip.IsConnected);
        Assert.DoesNotContain("grant", chip.Channels);
        Assert.Null(host.Sessions.At(machine.Id));
        Assert.Equal(last, host.Log.LastSeq);
        await chip.DisposeAsync();

        store.Mend();
        await using var again = await RawChip.ConnectAsync(host, machine, seq: 100);
        Assert.Equal(HttpStatusCode.OK, (await welder.StartAsync(machine)).StatusCode);
        await WeldingHost.UntilAsync(() => again.Channels.Contains("grant"));
    }

    private static async Task GiveTimeAsync(SignedInWelder welder)
    {
        for (var i = 0; i < 20; i++) await welder.AskAsync();
    }
}
