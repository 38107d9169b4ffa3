using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

using Anlan.Welding.Chip;
using Anlan.Welding.Chip.Messages;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace Anlan.Tests.Welding;

/// <summary>A chip that says exactly what the test tells it to, and answers nothing by itself.</summary>
internal sealed class RawChip : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly string _serial;
    private long _seq;

    private RawChip(string serial, long boot) => (_serial, Boot) = (serial, boot);

    public long Boot { get; }

    /// <summary>What the server sent, in order: channel and payload.</summary>
    public ConcurrentQueue<(string Channel, byte[] Payload)> Received { get; } = [];

    public IReadOnlyList<string> Channels => [.. Received.Select(r => r.Channel)];

    public bool IsConnected => _client.IsConnected;

    /// <summary>Connects, subscribes and says hello.</summary>
    public static async Task<RawChip> ConnectAsync(WeldingHost host, AMachine machine, long boot = 1, long seq = 0, long counter = 0, long? config = 1, bool relay = false)
    {
        var chip = new RawChip(machine.Serial, boot) { _seq = seq };
        chip._client.ApplicationMessageReceivedAsync += arrived =>
        {
            chip.Received.Enqueue((ChipTopics.ChannelOf(arrived.ApplicationMessage.Topic), arrived.ApplicationMessage.Payload.ToArray()));
            return Task.CompletedTask;
        };
        await chip._client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer(host.Mqtt.Host, host.Mqtt.Port).WithClientId(machine.Serial).WithCredentials(machine.Serial, machine.Secret)
            .WithTimeout(TimeSpan.FromSeconds(20)).Build());
        await chip._client.SubscribeAsync(ChipTopics.Subscription(machine.Serial), MqttQualityOfServiceLevel.AtLeastOnce);
        await chip.SendAsync(ChipTopics.Hello, new Hello(boot, chip.Next(), 1, null, "1.0", counter, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), relay, false, new ChipPosition(30.5, 120), null, config));
        return chip;
    }

    /// <summary>The next number of a message in this boot.</summary>
    public long Next() => ++_seq;

    /// <summary>Publishes and returns once the server acknowledged it.</summary>
    public Task SendAsync<T>(string channel, T message) where T : class, IChipMessage => SendAsync(channel, ChipJson.Write(message));

    public Task SendAsync(string channel, byte[] payload) => _client.PublishAsync(new MqttApplicationMessage
    {
        Topic = ChipTopics.Up(_serial, channel),
        Payload = new ReadOnlySequence<byte>(payload),
        QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
    });

    /// <summary>The ids of the downlinks of a channel, in order.</summary>
    public IReadOnlyList<Guid> IdsOf(string channel) =>
        [.. Received.Where(r => r.Channel == channel).Select(r => channel == ChipTopics.Revoke ? ChipJson.Read<RevokeCommand>(r.Payload).Id : ChipJson.Read<SignedDownlink>(r.Payload).Id)];

    /// <summary>The id of the downlink with this number on a channel, once it came.</summary>
    public async Task<Guid> NextIdAsync(string channel, int number)
    {
        await WeldingHost.UntilAsync(() => IdsOf(channel).Count >= number);
        return IdsOf(channel)[number - 1];
    }

    public Task AcknowledgeAsync(Guid id, bool relay = false, Guid? session = null, long counter = 0, ChipRefusal? why = null, RelayReason? reason = null, Guid? ended = null) =>
        SendAsync(ChipTopics.Acknowledgement, new Acknowledgement(Boot, Next(), 1, null, id, why is null, why, relay, session, counter, reason, ended));

    public Task StateAsync(bool relay, RelayReason reason, Guid? session, long? boot = null, long? seq = null) =>
        SendAsync(ChipTopics.State, new StateReport(boot ?? Boot, seq ?? Next(), 1, null, relay, reason, session));

    /// <summary>The connection breaks.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_client.IsConnected) await _client.DisconnectAsync();
        }
        catch (MqttCommunicationException)
        {
            // The server was stopped first.
        }

        _client.Dispose();
    }

}
