using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;
using Anlan.Toolkit.Cluster;
using Anlan.Toolkit.Log;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Anlan.Toolkit.Mqtt;

/// <summary>
/// The embedded broker's rules: who connects, on which topics, and that an uplink is acknowledged only after its handler is done.
/// Nothing is routed from client to client. Topics: <c>anlan/v1/{class}/{serial}/up/{channel}</c> and <c>…/down/{channel}</c>.
/// </summary>
public sealed partial class MqttBroker : IDeviceSender
{
    private const int SerialLimit = 64;
    private readonly IDeviceDesk _desk;
    private readonly RejectedUplinks _rejected;
    private readonly MqttCounters _counters;
    private readonly BrokerOptions _options;
    private readonly DeviceLoads _loads;
    private readonly TimeProvider _clock;
    private readonly ILogger<MqttBroker> _logger;
    private readonly ConcurrentDictionary<string, OwnConnection> _connections = new(StringComparer.Ordinal);
    private MqttServer? _server;
    private long _lastConnection;

    /// <summary>Creates the rules.</summary>
    public MqttBroker(IDeviceDesk desk, RejectedUplinks rejected, MqttCounters counters, IOptions<BrokerOptions> options, TimeProvider clock, ILogger<MqttBroker> logger)
    {
        _desk = desk;
        _rejected = rejected;
        _counters = counters;
        _options = options.Value;
        _loads = new DeviceLoads(options, clock);
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Number of devices with a connection.</summary>
    public int ConnectionCount => _connections.Count;

    /// <summary>The devices with a connection, and its number.</summary>
    public IReadOnlyList<(string Device, long Connection)> Connected => [.. _connections.Select(held => (held.Key, held.Value.Number))];

    /// <summary>Hooks the rules into the server, before it starts.</summary>
    public void Attach(MqttServer server)
    {
        _server = server;
        _counters.Watch(() => _connections.Count);
        server.ValidatingConnectionAsync += ValidateAsync;
        server.ClientConnectedAsync += ConnectedAsync;
        server.ClientDisconnectedAsync += DisconnectedAsync;
        server.InterceptingSubscriptionAsync += SubscribeAsync;
        server.InterceptingPublishAsync += PublishAsync;
    }

    /// <inheritdoc />
    public ValueTask<bool> TrySendAsync(string device, string deviceClass, string channel, byte[] payload)
    {
        if (!_connections.TryGetValue(device, out var connection)) return ValueTask.FromResult(false);
        var message = new MqttApplicationMessage
        {
            Topic = $"anlan/v1/{deviceClass}/{device}/down/{channel}",
            Payload = new ReadOnlySequence<byte>(payload),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        };
        return ValueTask.FromResult(connection.Session.TryEnqueueApplicationMessage(message, out _));
    }

    /// <summary>Ends a device's connection if it is still this one: the device has come back elsewhere.</summary>
    public Task HangUpAsync(string device, long connection) =>
        _connections.TryGetValue(device, out var held) && held.Number == connection ? HangUpAsync(device) : Task.CompletedTask;

    /// <summary>Ends every connection: this process is about to end.</summary>
    public async Task HangUpAllAsync()
    {
        var options = new MqttServerClientDisconnectOptions { ReasonCode = MqttDisconnectReasonCode.ServerShuttingDown };
        foreach (var client in await _server!.GetClientsAsync()) await client.DisconnectAsync(options);
    }

    /// <inheritdoc />
    public async Task HangUpAsync(string device)
    {
        var options = new MqttServerClientDisconnectOptions { ReasonCode = MqttDisconnectReasonCode.NotAuthorized };
        foreach (var client in await _server!.GetClientsAsync())
        {
            if (DeviceOf(client.Id) == device) await client.DisconnectAsync(options);
        }
    }

    private async Task ValidateAsync(ValidatingConnectionEventArgs e)
    {
        var device = e.ClientId is { Length: > 0 and <= SerialLimit } ? DeviceOf(e.ClientId) : "";
        bool genuine;
        try
        {
            genuine = device.Length > 0 && device == e.UserName && !e.ClientId.AsSpan().ContainsAny('/', '+', '#') && e.RawPassword is { Length: > 0 } secret
                && (e.ClientCertificate is null || e.ClientCertificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) == device) && await _desk.IsGenuineAsync(device, secret);
        }
        catch (LeadLostException)
        {
            // Nobody can say; the device tries again by itself.
            e.ReasonCode = MqttConnectReasonCode.ServerUnavailable;
            return;
        }

        e.ReasonCode = genuine ? MqttConnectReasonCode.Success : MqttConnectReasonCode.BadUserNameOrPassword;
        if (genuine)
        {
            CheckLimits(e, device);
            return;
        }

        _counters.CountRejectedConnection();
        // The claimed name is the client id; the user name is not kept, somebody may have typed the secret there.
        _rejected.Keep(RejectionKind.Credential, RejectedUplinks.AddressOf(e.RemoteEndPoint), e.ClientId, "", "Unknown device, wrong secret, client id and user name of different devices, or another device's certificate.", default, 0, _clock.GetUtcNow());
    }

    // The device's own connection always has room: it takes the place of its older one (CHIP-CONN-06).
    private void CheckLimits(ValidatingConnectionEventArgs e, string device)
    {
        var isCrowded = IsTool(e.ClientId) && !_loads.HasRoom(device);
        var staysForEver = e.KeepAlivePeriod == 0 || e.KeepAlivePeriod > _options.LongestKeepAlive.TotalSeconds;
        if (!isCrowded && !staysForEver) return;
        e.ReasonCode = isCrowded ? MqttConnectReasonCode.ServerBusy : MqttConnectReasonCode.NotAuthorized;
        _counters.CountTooMany();
        _rejected.Keep(RejectionKind.TooMany, device, device, "", isCrowded
            ? $"More than {_options.ConnectionsPerDevice} connections of one device."
            : $"A keep-alive of {e.KeepAlivePeriod} s; 1 to {_options.LongestKeepAlive.TotalSeconds:0} s are allowed.", default, 0, _clock.GetUtcNow());
    }

    private async Task ConnectedAsync(ClientConnectedEventArgs e)
    {
        _loads.Begin(DeviceOf(e.ClientId));
        if (IsTool(e.ClientId)) return;
        var connection = new OwnConnection(Interlocked.Increment(ref _lastConnection), await _server!.GetSessionAsync(e.ClientId));
        _connections[e.ClientId] = connection;
        try
        {
            await _desk.ConnectedAsync(e.ClientId, connection.Number);
        }
        catch (LeadLostException)
        {
            // Whoever decides does not know of this connection, so it must not go on; the device comes again by itself.
            _ = HangUpAsync(e.ClientId, connection.Number);
        }
    }

    private async Task DisconnectedAsync(ClientDisconnectedEventArgs e)
    {
        _loads.End(DeviceOf(e.ClientId));
        // A take-over ends the old connection of a device whose new one is already there: the device did not go away.
        if (e.DisconnectType == MqttClientDisconnectType.Takeover || IsTool(e.ClientId)) return;
        if (!_connections.TryRemove(e.ClientId, out var connection)) return;
        try
        {
            await _desk.DisconnectedAsync(e.ClientId, connection.Number);
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            LogDisconnectFailed(failed, e.ClientId);
        }
    }

    private Task SubscribeAsync(InterceptingSubscriptionEventArgs e)
    {
        if (IsOwnTopic(e.TopicFilter.Topic, DeviceOf(e.ClientId), "down", out _)) return Task.CompletedTask;
        e.ProcessSubscription = false;
        e.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
        e.CloseConnection = true;
        _counters.CountForeignTopic();
        _rejected.Keep(RejectionKind.ForeignTopic, DeviceOf(e.ClientId), DeviceOf(e.ClientId), e.TopicFilter.Topic, "Subscription outside the device's own topics.", default, 0, _clock.GetUtcNow());
        return Task.CompletedTask;
    }

    private async Task PublishAsync(InterceptingPublishEventArgs e)
    {
        e.ProcessPublish = false;
        var device = DeviceOf(e.ClientId);
        // Its packets are read one after another: who has to wait sends no more meanwhile.
        if (_loads.WaitOf(device) is { Ticks: > 0 } wait)
        {
            _counters.CountSlowed();
            await Task.Delay(wait, _clock, e.CancellationToken);
        }

        if (!IsOwnTopic(e.ApplicationMessage.Topic, device, "up", out var channel))
        {
            _counters.CountForeignTopic();
            Keep(RejectionKind.ForeignTopic, device, e.ApplicationMessage.Topic, "Publication outside the device's own topics.", e.ApplicationMessage.Payload.ToArray());
            e.CloseConnection = true;
            return;
        }

        var payload = e.ApplicationMessage.Payload.ToArray();
        try
        {
            if (e.ApplicationMessage.Retain) throw new MalformedUplinkException("Retained messages are not taken.");
            await _desk.TakeAsync(channel, new Uplink(device, payload, _clock.GetUtcNow()), e.CancellationToken);
            _counters.CountTaken();
        }
        catch (MalformedUplinkException malformed)
        {
            _counters.CountMalformed();
            Keep(RejectionKind.Malformed, device, channel, malformed.Message, payload);
        }
        catch (HangUpException wanted)
        {
            _counters.CountTaken();
            e.CloseConnection = true;
            LogHungUp(device, wanted.Message);
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            // MQTT 3.1.1 has no "not now" in its PUBACK: a message that is not durable is never acknowledged, so the connection goes.
            e.CloseConnection = true;
            if (failed is not (LogUnavailableException or LeadLostException or OperationCanceledException)) LogHandlerFailed(failed, device, channel);
        }
    }

    private void Keep(RejectionKind kind, string device, string channel, string reason, byte[] payload) =>
        _rejected.Keep(kind, device, device, channel, reason, payload, payload.Length, _clock.GetUtcNow());

    // Client id "{serial}~{word}": a second connection with the device's credential, for a technician's tools. It may publish; downlinks and
    // presence belong to the device's own connection (CHIP-CONN-08).
    private static string DeviceOf(string clientId) => clientId.IndexOf('~', StringComparison.Ordinal) is >= 0 and var end ? clientId[..end] : clientId;

    private static bool IsTool(string clientId) => clientId.Contains('~', StringComparison.Ordinal);

    private static bool IsOwnTopic(string topic, string device, string direction, [NotNullWhen(true)] out string? channel)
    {
        channel = null;
        var parts = topic.Split('/');
        if (parts is not ["anlan", "v1", var deviceClass, var serial, var way, var last] || serial != device || way != direction || deviceClass is "+" or "#") return false;
        channel = deviceClass + "/" + last;
        return true;
    }

    private readonly record struct OwnConnection(long Number, MqttSessionStatus Session);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Device} is to connect anew: {Reason}")]
    private partial void LogHungUp(string device, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Uplink {Channel} of {Device} failed; the connection was closed without an acknowledgement")]
    private partial void LogHandlerFailed(Exception failed, string device, string channel);

    [LoggerMessage(Level = LogLevel.Error, Message = "The end of the connection of {Device} could not be recorded")]
    private partial void LogDisconnectFailed(Exception failed, string device);
}
