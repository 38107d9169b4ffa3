using System.Net;
using System.Net.Sockets;
using Anlan.Toolkit.Mqtt;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests.Platform.Toolkit.Mqtt;

/// <summary>One address cannot keep the others out: by counting, and over real sockets.</summary>
public sealed class AddressLimitsTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Connections_at_a_time_are_bounded_for_each_address_and_room_comes_back()
    {
        var limits = Limits(atATime: 2, aMinute: 100);
        Assert.Equal([Admission.Admitted, Admission.Admitted, Admission.RefusedFirst, Admission.Refused], [Enter(limits, "192.0.2.1"), Enter(limits, "192.0.2.1"), Enter(limits, "192.0.2.1"), Enter(limits, "192.0.2.1")]);
        Assert.Equal(Admission.Admitted, Enter(limits, "192.0.2.2"));

        limits.Leave(End("192.0.2.1"));

        Assert.Equal([Admission.Admitted, Admission.RefusedFirst], [Enter(limits, "192.0.2.1"), Enter(limits, "192.0.2.1")]);
    }

    [Fact]
    public void Who_comes_and_goes_all_the_time_has_to_wait()
    {
        var limits = Limits(atATime: 10, aMinute: 3);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(Admission.Admitted, Enter(limits, "192.0.2.1"));
            limits.Leave(End("192.0.2.1"));
        }

        Assert.Equal(Admission.RefusedFirst, Enter(limits, "192.0.2.1"));
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal([Admission.Admitted, Admission.RefusedFirst], [Enter(limits, "192.0.2.1"), Enter(limits, "192.0.2.1")]);
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::ffff:2", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void One_network_of_IPv6_counts_as_one_address(string first, string second, bool isOne)
    {
        var limits = Limits(atATime: 1, aMinute: 100);
        Enter(limits, first);

        Assert.Equal(isOne ? Admission.RefusedFirst : Admission.Admitted, Enter(limits, second));
    }

    [Fact]
    public void A_proxy_of_this_machine_speaks_for_everybody()
    {
        var limits = new AddressLimits(Options.Create(new BrokerOptions { ConnectionsPerAddress = 1 }), _clock);

        Assert.All(["127.0.0.1", "127.0.0.1", "::1", "::1", "::ffff:127.0.0.1"], address => Assert.Equal(Admission.Admitted, Enter(limits, address)));
    }

    [Fact, Trait("Requirement", "CHIP-CONN-11")]
    public async Task At_the_real_door_one_too_many_is_cut_off_unread_and_the_others_stay()
    {
        await using var bench = await BrokerBench.StartAsync(limits => (limits.ConnectionsPerAddress, limits.Unlimited) = (2, ""));
        using var first = await bench.ConnectAsync("DEV-1");
        using var second = await bench.ConnectAsync("DEV-2");
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await IsCutOffAsync(bench.Port));
        }

        await BrokerBench.UntilAsync(() => bench.Counters.TooMany == 3);
        Assert.Equal((RejectionKind.TooMany, "127.0.0.1"), bench.Rejected.Take().Messages.Select(kept => (kept.Kind, kept.Source)).Single());
        await first.PublishAsync("anlan/v1/chip/DEV-1/up/hello", "{}");
        Assert.Single(bench.Handler.Taken);

        await second.Client.DisconnectAsync(new MQTTnet.MqttClientDisconnectOptions());
        await BrokerBench.UntilAsync(() => bench.Gone.Contains("DEV-2"));
        Device? again = null;
        await BrokerBench.UntilAsync(() => (again ??= TryConnect(bench)) is not null);
        again!.Dispose();
    }

    [Fact]
    public async Task Silence_at_the_door_ends_after_the_answer_time()
    {
        await using var bench = await BrokerBench.StartAsync(limits => limits.AnswerTime = TimeSpan.FromSeconds(1));
        using var silent = new TcpClient();
        await silent.ConnectAsync(IPAddress.Loopback, bench.Port);

        Assert.True(await IsClosedAsync(silent));

        await BrokerBench.UntilAsync(() => bench.Counters.NoMqtt == 1);
        Assert.Equal("Not a word within the time for CONNECT.", bench.Rejected.Take().Messages.Single().Reason);
    }

    private AddressLimits Limits(int atATime, int aMinute) => new(Options.Create(new BrokerOptions { ConnectionsPerAddress = atATime, ConnectsPerMinute = aMinute, Unlimited = "" }), _clock);

    private static Admission Enter(AddressLimits limits, string address) => limits.Enter(End(address));

    private static IPEndPoint End(string address) => new(IPAddress.Parse(address), 40_000);

    private static Device? TryConnect(BrokerBench bench)
    {
        try
        {
            return bench.ConnectAsync("DEV-3").GetAwaiter().GetResult();
        }
        catch (MQTTnet.Exceptions.MqttCommunicationException)
        {
            return null;
        }
    }

    // The system may tell of the end before it has told of the beginning.
    private static async Task<bool> IsCutOffAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
        }
        catch (SocketException)
        {
            return true;
        }

        return await IsClosedAsync(client);
    }

    private static async Task<bool> IsClosedAsync(TcpClient client)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            return await client.GetStream().ReadAsync(new byte[16], deadline.Token) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
