using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;
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
    private readonly IDeviceAuthenticator _authenticator;
    private readonly RejectedUplinks _rejected;
    private readonly MqttCounters _counters;
    private readonly BrokerOptions _options;
    private readonly DeviceLoads _loads;
    private readonly TimeProvider _clock;
    private readonly ILogger<MqttBroker> _logger;
    private readonly ConcurrentDictionary<string, MqttSessionStatus> _sessions = new(StringComparer.Ordinal);
    private Dictionary<string, IUplinkHandler> _handlers = [];
    private IReadOnlyList<IConnectionObserver> _observers = [];
    private MqttServer? _server;

    /// <summary>Creates the rules.</summary>
    public MqttBroker(IDeviceAuthenticator authenticator, RejectedUplinks rejected, MqttCounters counters, IOptions<BrokerOptions> options, TimeProvider clock, ILogger<MqttBroker> logger)
    {
        _authenticator = authenticator;
        _rejected = rejected;
        _counters = counters;
        _options = options.Value;
        _loads = new DeviceLoads(options, clock);
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Number of devices with a connection.</summary>
    public int ConnectionCount => _sessions.Count;

    /// <summary>Hooks the rules into the server, before it starts. Handlers come here and not by constructor: they send through this broker.</summary>
    public void Attach(MqttServer server, IEnumerable<IUplinkHandler> handlers, IEnumerable<IConnectionObserver> observers)
    {
        _server = server;
        _handlers = handlers.ToDictionary(h => h.Channel, StringComparer.Ordinal);
        _observers = [.. observers];
        _counters.Watch(() => _sessions.Count);
        server.ValidatingConnectionAsync += ValidateAsync;
        server.ClientConnectedAsync += ConnectedAsync;
        server.ClientDisconnectedAsync += DisconnectedAsync;
        server.InterceptingSubscriptionAsync += SubscribeAsync;
        server.InterceptingPublishAsync += PublishAsync;
    }

    /// <inheritdoc />
    public ValueTask<bool> TrySendAsync(string device, string deviceClass, string channel, byte[] payload)
    {
        if (!_sessions.TryGetValue(device, out var session)) return ValueTask.FromResult(false);
        var message = new MqttApplicationMessage
        {
            Topic = $"anlan/v1/{deviceClass}/{device}/down/{channel}",
            Payload = new ReadOnlySequence<byte>(payload),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        };
        return ValueTask.FromResult(session.TryEnqueueApplicationMessage(message, out _));
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

    private Task ValidateAsync(ValidatingConnectionEventArgs e)
    {
        var device = e.ClientId is { Length: > 0 and <= SerialLimit } ? DeviceOf(e.ClientId) : "";
        var genuine = device.Length > 0 && device == e.UserName && !e.ClientId.AsSpan().ContainsAny('/', '+', '#') && e.RawPassword is { Length: > 0 } secret && _authenticator.IsGenuine(device, secret)
            && (e.ClientCertificate is null || e.ClientCertificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) == device);
        e.ReasonCode = genuine ? MqttConnectReasonCode.Success : MqttConnectReasonCode.BadUserNameOrPassword;
        if (genuine) return CheckLimits(e, device);
        _counters.CountRejectedConnection();
        // The claimed name is the client id; the user name is not kept, somebody may have typed the secret there.
        _rejected.Keep(RejectionKind.Credential, RejectedUplinks.AddressOf(e.RemoteEndPoint), e.ClientId, "", "Unknown device, wrong secret, client id and user name of different devices, or another device's certificate.", default, 0, _clock.GetUtcNow());
        return Task.CompletedTask;
    }

    // The device's own connection always has room: it takes the place of its older one (CHIP-CONN-06).
    private Task CheckLimits(ValidatingConnectionEventArgs e, string device)
    {
        var isCrowded = IsTool(e.ClientId) && !_loads.HasRoom(device);
        var staysForEver = e.KeepAlivePeriod == 0 || e.KeepAlivePeriod > _options.LongestKeepAlive.TotalSeconds;
        if (!isCrowded && !staysForEver) return Task.CompletedTask;
        e.ReasonCode = isCrowded ? MqttConnectReasonCode.ServerBusy : MqttConnectReasonCode.NotAuthorized;
        _counters.CountTooMany();
        _rejected.Keep(RejectionKind.TooMany, device, device, "", isCrowded
            ? $"More than {_options.ConnectionsPerDevice} connections of one device."
            : $"A keep-alive of {e.KeepAlivePeriod} s; 1 to {_options.LongestKeepAlive.TotalSeconds:0} s are allowed.", default, 0, _clock.GetUtcNow());
        return Task.CompletedTask;
    }

    private async Task ConnectedAsync(ClientConnectedEventArgs e)
    {
        _loads.Begin(DeviceOf(e.ClientId));
        if (!IsTool(e.ClientId)) _sessions[e.ClientId] = await _server!.GetSessionAsync(e.ClientId);
    }

    private async Task DisconnectedAsync(ClientDisconnectedEventArgs e)
    {
        _loads.End(DeviceOf(e.ClientId));
        // A take-over ends the old connection of a device whose new one is already there: the device did not go away.
        if (e.DisconnectType == MqttClientDisconnectType.Takeover || IsTool(e.ClientId)) return;
        if (_sessions.TryGetValue(e.ClientId, out var session))
        {
            // The end of an older connection, noticed late: the device is back already, and its new session is another one.
            if (!ReferenceEquals(session.Items, e.SessionItems)) return;
            _sessions.TryRemove(new KeyValuePair<string, MqttSessionStatus>(e.ClientId, session));
        }

        foreach (var observer in _observers)
        {
            try
            {
                await observer.OnDisconnectedAsync(e.ClientId, CancellationToken.None);
            }
            catch (Exception failed) when (failed is not OutOfMemoryException)
            {
                LogDisconnectFailed(failed, e.ClientId);
            }
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
            if (!_handlers.TryGetValue(channel, out var handler)) throw new MalformedUplinkException($"Unknown channel {channel}.");
            if (e.ApplicationMessage.Retain) throw new MalformedUplinkException("Retained messages are not taken.");
            await handler.HandleAsync(new Uplink(device, payload, _clock.GetUtcNow()), e.CancellationToken);
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
            if (failed is not (LogUnavailableException or OperationCanceledException)) LogHandlerFailed(failed, device, channel);
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Device} is to connect anew: {Reason}")]
    private partial void LogHungUp(string device, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Uplink {Channel} of {Device} failed; the connection was closed without an acknowledgement")]
    private partial void LogHandlerFailed(Exception failed, string device, string channel);

    [LoggerMessage(Level = LogLevel.Error, Message = "The end of the connection of {Device} could not be recorded")]
    private partial void LogDisconnectFailed(Exception failed, string device);
}
