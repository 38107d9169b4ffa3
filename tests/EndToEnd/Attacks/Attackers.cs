using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Exceptions;

namespace Anlan.EndToEnd.Attacks;

/// <summary>Who knocks at the broker without right or sense. Each method is one attempt and ends when the server has ended the connection.</summary>
/// <param name="port">Port of the broker.</param>
/// <param name="serial">A genuine device of the attacker's.</param>
/// <param name="secret">Its secret.</param>
internal sealed class Attackers(int port, string serial, string secret)
{
    private static readonly byte[] HalfConnect = [0x10, 0x40, 0x00, 0x04, (byte)'M', (byte)'Q'];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Bytes that are no MQTT, before anything else.</summary>
    public Task SendGarbageAsync(Random dice)
    {
        var garbage = new byte[dice.Next(1, 4_000)];
        dice.NextBytes(garbage);
        // A random beginning may look like a CONNECT of some length and wait for the rest: that is the half-open one's part.
        garbage[0] |= 0x80;
        return SendAsync(garbage);
    }

    /// <summary>A well-formed header of a CONNECT, and nothing in it that could be read.</summary>
    public Task SendUnreadableConnectAsync() => SendAsync([0x10, 0x05, .. "hello"u8]);

    /// <summary>Half a greeting; then the line stays open and silent until the server has enough of it.</summary>
    public Task StayHalfOpenAsync() => SendAsync(HalfConnect);

    /// <summary>Not a single byte.</summary>
    public Task StaySilentAsync() => SendAsync([]);

    /// <summary>A wrong password for a real serial.</summary>
    public async Task GuessAsync(string password)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        var result = await client.ConnectAsync(Options(serial, password));
        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, result.ResultCode);
    }

    /// <summary>A megabyte as one message, with a good credential.</summary>
    public Task SendMegabyteAsync() => AsDeviceAsync(client => PublishAsync(client, $"anlan/v1/chip/{serial}/up/hello", new byte[1 << 20]));

    /// <summary>A message in somebody else's name.</summary>
    public Task PublishForeignAsync(string topic) => AsDeviceAsync(client => PublishAsync(client, topic, "{\"boot\":1}"u8.ToArray()));

    /// <summary>Listens for what is meant for others.</summary>
    public Task SubscribeForeignAsync(string topic) => AsDeviceAsync(client => client.SubscribeAsync(topic));

    private static Task PublishAsync(IMqttClient client, string topic, byte[] payload) =>
        client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce).Build());

    private async Task AsDeviceAsync(Func<IMqttClient, Task> attempt)
    {
        // A technician's connection each: attempts at the same time do not throw each other out.
        using var client = new MqttClientFactory().CreateMqttClient();
        var isEnded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.DisconnectedAsync += _ =>
        {
            isEnded.TrySetResult();
            return Task.CompletedTask;
        };
        await client.ConnectAsync(Options($"{serial}~{Guid.CreateVersion7():n}"[..40], secret));
        try
        {
            await attempt(client);
        }
        catch (Exception refused) when (refused is MqttCommunicationException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection may end before the attempt is answered; that it ends is what counts.
        }

        await isEnded.Task.WaitAsync(Patience);
    }

    private MqttClientOptions Options(string clientId, string password) =>
        new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V311).WithClientId(clientId).WithCredentials(serial, password).WithTimeout(TimeSpan.FromSeconds(60)).Build();

    private async Task SendAsync(byte[] bytes)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", port, patience.Token);
        try
        {
            await socket.SendAsync(bytes, patience.Token);
            Assert.Equal(0, await socket.ReceiveAsync(new byte[16], patience.Token));
        }
        catch (SocketException reset) when (reset.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            // Ended by the server while bytes of ours were still on their way.
        }
    }
}
