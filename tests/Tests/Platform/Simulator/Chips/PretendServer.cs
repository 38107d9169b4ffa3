using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Anlan.Simulator.Chips;
using Anlan.Welding.Chip;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chip.Signing;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Anlan.Tests.Platform.Simulator.Chips;

/// <summary>A broker that answers hellos as Anlan does and notes what chips say; it can refuse to acknowledge.</summary>
internal sealed class PretendServer : IAsyncDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly MqttServer _server;
    private readonly Dictionary<string, string> _lastNonce = [];

    private PretendServer(MqttServer server, int port)
    {
        _server = server;
        Address = new MqttAddress("127.0.0.1", port);
        Signer = new TokenSigner(_key);
        server.ValidatingConnectionAsync += e =>
        {
            Connections.Enqueue($"{e.ClientId}|{e.UserName}|{e.Password}|{e.ProtocolVersion}|{e.KeepAlivePeriod}|{e.CleanSession}");
            return Task.CompletedTask;
        };
        server.InterceptingSubscriptionAsync += e =>
        {
            Subscriptions.Enqueue($"{e.TopicFilter.Topic}|{e.TopicFilter.QualityOfServiceLevel}");
            return Task.CompletedTask;
        };
        server.InterceptingPublishAsync += PublishAsync;
    }

    public MqttAddress Address { get; }

    public TokenSigner Signer { get; }

    public ConcurrentQueue<string> Connections { get; } = [];

    public ConcurrentQueue<string> Subscriptions { get; } = [];

    /// <summary>Everything received, also what was not acknowledged.</summary>
    public ConcurrentQueue<(string Topic, byte[] Payload, bool IsRetained, MqttQualityOfServiceLevel Quality)> Received { get; } = [];

    /// <summary>The next messages on these channels are not acknowledged: the connection is closed instead.</summary>
    public ConcurrentQueue<string> Unacknowledged { get; } = [];

    public static async Task<PretendServer> StartAsync(int port = 0)
    {
        if (port == 0)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        var factory = new MqttServerFactory();
        var server = factory.CreateMqttServer(factory.CreateServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointPort(port).WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.IPv6None).Build());
        var pretend = new PretendServer(server, port);
        await server.StartAsync();
        return pretend;
    }

    public IEnumerable<T> All<T>(string channel) where T : class, IChipMessage =>
        Received.Where(message => ChipTopics.ChannelOf(message.Topic) == channel).Select(message => ChipJson.Read<T>(message.Payload));

    /// <summary>Waits for a message of a channel that fits.</summary>
    public async Task<T> WaitForAsync<T>(string channel, Func<T, bool> fits) where T : class, IChipMessage
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (All<T>(channel).FirstOrDefault(fits) is { } found) return found;
            await Task.Delay(20, deadline.Token);
        }
    }

    public Task SendAsync(string serial, string channel, IChipMessage message) => _server.InjectApplicationMessage(
        new InjectedMqttApplicationMessage(new MqttApplicationMessage
        {
            Topic = ChipTopics.Down(serial, channel),
            Payload = new ReadOnlySequence<byte>(message is RevokeCommand revoke ? ChipJson.Write(revoke) : ChipJson.Write((SignedDownlink)message)),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        })
        { SenderClientId = "server" });

    public Task FitAsync(string serial, Guid machine)
    {
        var claims = new ConfigClaims(serial, Now, 1, null, new ChipSettings(machine));
        return SendAsync(serial, ChipTopics.Config, SignedDownlink.Of(Guid.CreateVersion7(), SignedConfig.Sign(Signer, claims)));
    }

    public async Task<Guid> GrantAsync(string serial, Guid machine, Guid session, long counter)
    {
        var claims = new GrantClaims(Guid.CreateVersion7(), machine, serial, session, Guid.CreateVersion7(), counter, Now, Now, Now + 30, 600, Now + 3_600);
        await SendAsync(serial, ChipTopics.Grant, SignedDownlink.Of(claims.Downlink, GrantToken.Sign(Signer, claims)));
        return claims.Downlink;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        _server.Dispose();
        Signer.Dispose();
        _key.Dispose();
    }

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private async Task PublishAsync(InterceptingPublishEventArgs e)
    {
        if (e.ClientId == "server") return;
        e.ProcessPublish = false;
        var message = e.ApplicationMessage;
        Received.Enqueue((message.Topic, message.Payload.ToArray(), message.Retain, message.QualityOfServiceLevel));
        if (Unacknowledged.TryPeek(out var channel) && channel == ChipTopics.ChannelOf(message.Topic))
        {
            Unacknowledged.TryDequeue(out _);
            e.CloseConnection = true;
            return;
        }

        if (ChipTopics.ChannelOf(message.Topic) != ChipTopics.Hello) return;
        var hello = ChipJson.Read<Hello>(message.Payload.ToArray());
        if (_lastNonce.TryGetValue(e.ClientId, out var known) && known == hello.Nonce) return;
        _lastNonce[e.ClientId] = hello.Nonce;
        var time = new TimeClaims(e.ClientId, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), System.Buffers.Text.Base64Url.DecodeFromChars(hello.Nonce));
        await SendAsync(e.ClientId, ChipTopics.Time, SignedDownlink.Of(Guid.CreateVersion7(), SignedTime.Sign(Signer, time)));
    }
}
