using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;
using Anlan.Toolkit.Cluster;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Mqtt.Protocol;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Anlan.Toolkit.Mqtt;

/// <summary>
/// The embedded broker's rules: who connects, on which topics, and that an uplink is acknowledged only after its handler is done.
/// Nothing is routed from client to client. Topics: <c>anlan/v1/{class}/{serial}/up/{channel}</c> and <c>…/down/{channel}</c>.
/// </summary>
public sealed partial class MqttBroker : IDeviceSender, IBrokerRules, IHostedService, IAsyncDisposable
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
    private readonly MqttEngine _engine;
    private long _lastConnection;

    /// <summary>Creates the rules.</summary>
    public MqttBroker(IDeviceDesk desk, RejectedUplinks rejected, MqttCounters counters, IOptions<BrokerOptions> options, TimeProvider clock, ILogger<MqttBroker> logger)
    {
        _desk = desk;
        _rejected = rejected;
        _counters = counters;
        _options = options.Value;
        _loads = new DeviceLoads(options, clock);
        _counters.Watch(() => _connections.Count);
        _clock = clock;
        _logger = logger;
        // A chip's session ends with its connection: what it missed it asks for again. Whose newer connection is there did not go away (CHIP-CONN-06).
        _engine = new MqttEngine(new EngineSettings { AnswerTime = _options.AnswerTime, LongestSession = 0, MostWaiting = 200, Window = 200, HasWillsAtTakeOver = false }, this, clock);
    }

    /// <summary>Number of devices with a connection.</summary>
    public int ConnectionCount => _connections.Count;

    /// <summary>The devices with a connection, and its number.</summary>
    public IReadOnlyList<(string Device, long Connection)> Connected => [.. _connections.Select(held => (held.Key, held.Value.Number))];

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _engine.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => _engine.StopAsync(cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    /// <inheritdoc />
    public ValueTask<bool> TrySendAsync(string device, string deviceClass, string channel, byte[] payload)
    {
        if (!_connections.TryGetValue(device, out var connection)) return ValueTask.FromResult(false);
        var message = new Message { Topic = $"anlan/v1/{deviceClass}/{device}/down/{channel}", Payload = payload, Quality = 1 };
        return ValueTask.FromResult(connection.Session.Send(new Delivery(message, quality: 1, isRetained: false, identifiers: [])));
    }

    /// <summary>Ends a device's connection if it is still this one: the device has come back elsewhere.</summary>
    public Task HangUpAsync(string device, long connection) =>
        _connections.TryGetValue(device, out var held) && held.Number == connection ? HangUpAsync(device) : Task.CompletedTask;

    /// <summary>Ends every connection: this process is about to end.</summary>
    public void HangUpAll() => _engine.HangUp(_ => true);

    /// <inheritdoc />
    public Task HangUpAsync(string device)
    {
        _engine.HangUp(client => DeviceOf(client) == device);
        return Task.CompletedTask;
    }

    internal Task AcceptAsync(ConnectionContext connection) => _engine.AcceptAsync(connection);

    async ValueTask<Reason> IBrokerRules.AdmitAsync(Visitor visitor)
    {
        var device = visitor.ClientId is { Length: > 0 and <= SerialLimit } ? DeviceOf(visitor.ClientId) : "";
        bool genuine;
        try
        {
            genuine = device.Length > 0 && device == visitor.UserName && !visitor.ClientId.AsSpan().ContainsAny('/', '+', '#') && visitor.Password is { Length: > 0 } secret
                && (visitor.Certificate is null || visitor.Certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) == device) && await _desk.IsGenuineAsync(device, secret);
        }
        catch (LeadLostException)
        {
            // Nobody can say; the device tries again by itself.
            return Reason.ServerUnavailable;
        }

        if (genuine) return CheckLimits(visitor, device);
        _counters.CountRejectedConnection();
        // The claimed name is the client id; the user name is not kept, somebody may have typed the secret there.
        _rejected.Keep(RejectionKind.Credential, RejectedUplinks.AddressOf(visitor.From), visitor.ClientId, "", "Unknown device, wrong secret, client id and user name of different devices, or another device's certificate.", default, 0, _clock.GetUtcNow());
        return Reason.BadUserNameOrPassword;
    }

    // The device's own connection always has room: it takes the place of its older one (CHIP-CONN-06).
    private Reason CheckLimits(Visitor visitor, string device)
    {
        var isCrowded = IsTool(visitor.ClientId) && !_loads.HasRoom(device);
        var staysForEver = visitor.KeepAlive == 0 || visitor.KeepAlive > _options.LongestKeepAlive.TotalSeconds;
        if (!isCrowded && !staysForEver) return Reason.Success;
        _counters.CountTooMany();
        _rejected.Keep(RejectionKind.TooMany, device, device, "", isCrowded
            ? $"More than {_options.ConnectionsPerDevice} connections of one device."
            : $"A keep-alive of {visitor.KeepAlive} s; 1 to {_options.LongestKeepAlive.TotalSeconds:0} s are allowed.", default, 0, _clock.GetUtcNow());
        return isCrowded ? Reason.ServerBusy : Reason.NotAuthorized;
    }

    async ValueTask IBrokerRules.ConnectedAsync(MqttSession session)
    {
        var device = DeviceOf(session.ClientId);
        _loads.Begin(device);
        if (IsTool(session.ClientId)) return;
        var connection = new OwnConnection(Interlocked.Increment(ref _lastConnection), session);
        _connections[device] = connection;
        try
        {
            await _desk.ConnectedAsync(device, connection.Number);
        }
        catch (LeadLostException)
        {
            // Whoever decides does not know of this connection, so it must not go on; the device comes again by itself.
            _ = HangUpAsync(device, connection.Number);
        }
    }

    async ValueTask IBrokerRules.DisconnectedAsync(MqttSession session, bool isTakenOver)
    {
        var device = DeviceOf(session.ClientId);
        _loads.End(device);
        // A take-over ends the old connection of a device whose new one is already there: the device did not go away.
        if (isTakenOver || IsTool(session.ClientId)) return;
        if (!_connections.TryGetValue(device, out var held) || held.Session != session || !_connections.TryRemove(KeyValuePair.Create(device, held))) return;
        try
        {
            await _desk.DisconnectedAsync(device, held.Number);
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            LogDisconnectFailed(failed, device);
        }
    }

    Verdict IBrokerRules.Subscribing(MqttSession session, string filter)
    {
        var device = DeviceOf(session.ClientId);
        if (IsOwnTopic(filter, device, "down", out _)) return Verdict.Usual;
        _counters.CountForeignTopic();
        _rejected.Keep(RejectionKind.ForeignTopic, device, device, filter, "Subscription outside the device's own topics.", default, 0, _clock.GetUtcNow());
        return new Verdict(Reason.NotAuthorized, IsTaken: false, IsFarewell: true);
    }

    async ValueTask<Verdict> IBrokerRules.PublishingAsync(MqttSession session, Message message, CancellationToken stop)
    {
        var device = DeviceOf(session.ClientId);
        // Its packets are read one after another: who has to wait sends no more meanwhile.
        if (_loads.WaitOf(device) is { Ticks: > 0 } wait)
        {
            _counters.CountSlowed();
            await Task.Delay(wait, _clock, stop);
        }

        if (!IsOwnTopic(message.Topic, device, "up", out var channel))
        {
            _counters.CountForeignTopic();
            Keep(RejectionKind.ForeignTopic, device, message.Topic, "Publication outside the device's own topics.", message.Payload);
            return Farewell;
        }

        var payload = message.Payload;
        try
        {
            if (message.IsRetained) throw new MalformedUplinkException("Retained messages are not taken.");
            await _desk.TakeAsync(channel, new Uplink(device, payload, _clock.GetUtcNow()), stop);
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
            LogHungUp(device, wanted.Message);
            return Farewell;
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            // MQTT 3.1.1 has no "not now" in its PUBACK: a message that is not durable is never acknowledged, so the connection goes.
            if (failed is not (LogUnavailableException or LeadLostException or OperationCanceledException)) LogHandlerFailed(failed, device, channel);
            return Farewell;
        }

        // Nothing goes from client to client.
        return new Verdict(Reason.Success, IsTaken: false);
    }

    private static Verdict Farewell => new(Reason.Unspecified, IsTaken: false, IsFarewell: true);

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

    private readonly record struct OwnConnection(long Number, MqttSession Session);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Device} is to connect anew: {Reason}")]
    private partial void LogHungUp(string device, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Uplink {Channel} of {Device} failed; the connection was closed without an acknowledgement")]
    private partial void LogHandlerFailed(Exception failed, string device, string channel);

    [LoggerMessage(Level = LogLevel.Error, Message = "The end of the connection of {Device} could not be recorded")]
    private partial void LogDisconnectFailed(Exception failed, string device);
}
