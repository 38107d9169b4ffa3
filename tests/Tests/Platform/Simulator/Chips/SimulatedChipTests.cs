using System.Text;
using Anlan.Simulator.Chips;
using Anlan.Welding.Chip;
using Anlan.Welding.Chip.Logic;
using Anlan.Welding.Chip.Messages;
using MQTTnet.Protocol;

namespace Anlan.Tests.Platform.Simulator.Chips;

public sealed class SimulatedChipTests : IAsyncLifetime
{
    private const string Serial = "SIM-TEST";
    private static readonly Guid Machine = Guid.Parse("0198c0de-0000-7000-8000-00000000000a");
    private readonly CancellationTokenSource _stop = new();
    private readonly MemoryStore _store = new();
    private PretendServer _server = null!;
    private SimulatedChip _chip = null!;
    private Task _life = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _server = await PretendServer.StartAsync();
        _store.Memory = new ChipMemory { Keys = [_server.Signer.PublicKey] };
        _chip = new SimulatedChip(new ChipIdentity(Serial, "1.0.0"), "secret", _store, new CalmScene(), _server.Address, new Random(1), TimeProvider.System);
        _life = _chip.RunAsync(_stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _life);
        _chip.Dispose();
        await _server.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    [Trait("Requirement", "CHIP-CONN-03")]
    [Trait("Requirement", "CHIP-HELLO-02")]
    [Trait("Requirement", "CHIP-TOPIC-01")]
    [Trait("Requirement", "CHIP-UP-03")]
    public async Task A_chip_connects_with_its_credential_subscribes_its_own_topics_and_says_hello_first()
    {
        await _server.WaitForAsync<Hello>(ChipTopics.Hello, _ => true);

        var connection = _server.Connections.First().Split('|');
        Assert.Equal([Serial, Serial, "secret"], connection[..3]);
        Assert.InRange(int.Parse(connection[4], System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal("True", connection[5]);
        Assert.Equal(["anlan/v1/chip/SIM-TEST/down/#|AtLeastOnce"], _server.Subscriptions);
        Assert.Equal("anlan/v1/chip/SIM-TEST/up/hello", _server.Received.First().Topic);
        Assert.All(_server.Received, message => Assert.Equal((false, MqttQualityOfServiceLevel.AtLeastOnce), (message.IsRetained, message.Quality)));
    }

    [Fact]
    public async Task A_chip_is_fitted_told_the_time_powered_and_cut_off()
    {
        var session = Guid.CreateVersion7();
        await _server.WaitForAsync<Hello>(ChipTopics.Hello, _ => true);
        await _server.FitAsync(Serial, Machine);
        await _server.WaitForAsync<Acknowledgement>(ChipTopics.Acknowledgement, answer => answer.Ok);

        var grant = await _server.GrantAsync(Serial, Machine, session, 1);
        var answer = await _server.WaitForAsync<Acknowledgement>(ChipTopics.Acknowledgement, acknowledgement => acknowledgement.Id == grant);
        Assert.Equal((true, true, session), (answer.Ok, answer.Relay, answer.Session));
        Assert.True(_chip.IsPowered);

        await _server.SendAsync(Serial, ChipTopics.Revoke, new RevokeCommand(Guid.CreateVersion7(), session, 1, "stop"));
        var off = await _server.WaitForAsync<Acknowledgement>(ChipTopics.Acknowledgement, acknowledgement => acknowledgement.Reason == RelayReason.Stop);
        Assert.Equal((false, session), (off.Relay, off.Ended));
        Assert.False(_chip.IsPowered);
    }

    [Fact, Trait("Requirement", "CHIP-UP-05")]
    public async Task What_was_not_acknowledged_comes_again_with_the_same_number_after_the_next_hello()
    {
        await _server.WaitForAsync<StateReport>(ChipTopics.State, _ => true);
        _server.Unacknowledged.Enqueue(ChipTopics.Event);

        _chip.PressStop();
        await _server.WaitForAsync<Hello>(ChipTopics.Hello, hello => hello.Seq > 1);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (_server.All<EventReport>(ChipTopics.Event).Count() < 2) await Task.Delay(20, deadline.Token);

        var events = _server.Received.Where(message => message.Topic.EndsWith("/event", StringComparison.Ordinal)).Select(message => Encoding.UTF8.GetString(message.Payload)).ToList();
        Assert.Equal(events[0], events[1]);
        var channels = _server.Received.Select(message => ChipTopics.ChannelOf(message.Topic)).ToList();
        Assert.True(channels.LastIndexOf(ChipTopics.Hello) < channels.LastIndexOf(ChipTopics.Event));
    }

    [Fact, Trait("Requirement", "CHIP-CONN-04")]
    public async Task When_the_network_is_lost_the_broker_says_so_in_the_chips_name()
    {
        var hello = await _server.WaitForAsync<Hello>(ChipTopics.Hello, _ => true);

        _chip.LoseNetwork(TimeSpan.FromMilliseconds(50));

        var notice = await _server.WaitForAsync<OfflineNotice>(ChipTopics.Offline, _ => true);
        Assert.Equal(hello.Boot, notice.Boot);
        await _server.WaitForAsync<Hello>(ChipTopics.Hello, again => again.Boot == hello.Boot && again.Seq > hello.Seq);
    }

    [Fact]
    public async Task A_chip_comes_back_by_itself_after_a_power_cut_and_after_the_servers_death()
    {
        var hello = await _server.WaitForAsync<Hello>(ChipTopics.Hello, _ => true);
        await _chip.CutPowerAsync(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        await _server.WaitForAsync<Hello>(ChipTopics.Hello, again => again.Boot == hello.Boot + 1);

        var port = _server.Address.Port;
        await _server.DisposeAsync();
        _server = await PretendServer.StartAsync(port);

        await _server.WaitForAsync<Hello>(ChipTopics.Hello, again => again.Boot == hello.Boot + 1);
    }

    private sealed class MemoryStore : IChipStore
    {
        public ChipMemory Memory { get; set; } = new();

        public ChipMemory Load() => Memory;

        public void Save(ChipMemory memory) => Memory = memory;
    }

    private sealed class CalmScene : IScene
    {
        public ChipPosition Position { get; } = new(30, 120);

        public Senses Read(long up, bool isPowered) => new(0, 0, false, 20, IsContactClosed: isPowered);

        public void PowerFailed()
        {
        }
    }
}
