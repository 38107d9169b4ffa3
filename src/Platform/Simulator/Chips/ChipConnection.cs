using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Anlan.Welding.Chip;
using Anlan.Welding.Chip.Logic;
using Anlan.Welding.Chip.Messages;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Anlan.Simulator.Chips;

/// <summary>The radio of a chip: one MQTT connection from connect to its end.</summary>
internal sealed class ChipConnection(SimulatedChip chip, MqttAddress address)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly MqttClientFactory Clients = new();

    /// <summary>Connects, subscribes, says hello and carries messages until the connection ends.</summary>
    /// <param name="connected">Called once the broker accepted the subscription.</param>
    /// <param name="aerial">Ends the connection without a word, as a lost network does.</param>
    /// <param name="stop">The simulator ends.</param>
    public async Task RunAsync(Action connected, CancellationToken aerial, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(aerial, stop);
        using var client = Clients.CreateMqttClient();
        client.DisconnectedAsync += _ =>
        {
            EndOnce(ended);
            return Task.CompletedTask;
        };
        client.ApplicationMessageReceivedAsync += arrived =>
        {
            var message = arrived.ApplicationMessage;
            chip.Do((logic, now) => logic.Receive(now, ChipTopics.ChannelOf(message.Topic), message.Payload.ToArray()));
            return Task.CompletedTask;
        };
        await client.ConnectAsync(Options(), ended.Token);
        var subscribed = await client.SubscribeAsync(ChipTopics.Subscription(chip.Serial), MqttQualityOfServiceLevel.AtLeastOnce, ended.Token);
        if (subscribed.Items.Any(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2)) throw new InvalidOperationException("The subscription was refused.");
        connected();
        SayHello();
        try
        {
            await PublishAsync(client, ended.Token);
        }
        finally
        {
            chip.Do((logic, _) => logic.Disconnected());
        }
    }

    /// <summary>Publishes what waits, one after another: the hello first, then in order; each goes again on the next connection until it is acknowledged.</summary>
    private async Task PublishAsync(IMqttClient client, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var next = chip.Ask((logic, now) =>
            {
                if (logic.WantsHello(now)) logic.SayHello(now, RandomNumberGenerator.GetBytes(16));
                return logic.PendingForNewConnection.FirstOrDefault();
            });
            if (next is null)
            {
                await chip.News.ReadAsync(stop);
                continue;
            }

            var message = new MqttApplicationMessage
            {
                Topic = ChipTopics.Up(chip.Serial, next.Channel),
                Payload = new ReadOnlySequence<byte>(next.Payload),
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            };
            await client.PublishAsync(message, stop);
            chip.Settle(next);
        }
    }

    private void SayHello() => chip.Do((logic, now) => logic.SayHello(now, RandomNumberGenerator.GetBytes(16)));

    // The library may tell of the end after this connection has been left behind.
    private static void EndOnce(CancellationTokenSource ended)
    {
        try
        {
            ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            return;
        }
    }

    private MqttClientOptions Options()
    {
        var boot = chip.Ask((logic, _) => logic.Memory.Boot);
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer(address.Host, address.Port)
            .WithProtocolVersion(chip.SpeaksVersion5 ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311)
            .WithClientId(chip.Serial).WithCredentials(chip.Serial, chip.Secret)
            .WithCleanSession().WithKeepAlivePeriod(KeepAlive).WithTimeout(Patience)
            .WithWillTopic(ChipTopics.Up(chip.Serial, ChipTopics.Offline)).WithWillPayload(ChipJson.Write(new OfflineNotice(boot)))
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).WithWillRetain(false);
        // The library takes it for TLS as soon as its options are mentioned.
        if (address.Tls is { } tls) options.WithTlsOptions(tls.Apply);
        return options.Build();
    }
}
