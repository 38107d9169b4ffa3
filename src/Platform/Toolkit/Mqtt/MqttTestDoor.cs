using System.Net;
using Anlan.Toolkit.Mqtt.Protocol;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Anlan.Toolkit.Mqtt;

/// <summary>
/// A door for public MQTT suites: the same guards and the same engine, but without credentials and topic rules, with sessions that outlive their connections and larger packets. It is a broker
/// of its own, so that nothing said there ever reaches a device or the log.
/// </summary>
internal sealed class MqttTestDoor : IBrokerRules, IHostedService, IAsyncDisposable
{
    /// <summary>Largest packet here: suites try names of 65,535 bytes and thousands of properties.</summary>
    public const int PacketLimit = 1024 * 1024;

    private readonly MqttEngine _engine;

    public MqttTestDoor(IOptions<BrokerOptions> options, TimeProvider clock) => _engine = new MqttEngine(
        new EngineSettings { AnswerTime = options.Value.AnswerTime, LongestSession = uint.MaxValue, MostWaiting = 10_000, Window = 20 }, this, clock);

    public Task AcceptAsync(ConnectionContext connection) => _engine.AcceptAsync(connection);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _engine.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _engine.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    /// <summary>True while a client of this name is connected.</summary>
    public bool IsConnected(string clientId) => _engine.IsConnected(clientId);

    public ValueTask<Reason> AdmitAsync(Visitor visitor) => ValueTask.FromResult(Reason.Success);

    public ValueTask ConnectedAsync(MqttSession session) => ValueTask.CompletedTask;

    public ValueTask DisconnectedAsync(MqttSession session, bool isTakenOver) => ValueTask.CompletedTask;

    public Verdict Subscribing(MqttSession session, string filter) => Verdict.Usual;

    // Topics that begin with $ are the server's; only a bridging broker tells there how it is.
    public ValueTask<Verdict> PublishingAsync(MqttSession session, Message message, CancellationToken stop) =>
        ValueTask.FromResult(message.Topic.StartsWith('$') && message.Topic.Split('/') is not ["$SYS", "broker", "connection", _, "state"] ? new Verdict(Reason.NotAuthorized, IsTaken: false) : Verdict.Usual);
}

/// <summary>Opens the door for suites.</summary>
public static class MqttTestServices
{
    /// <summary>Adds the broker behind it.</summary>
    public static IServiceCollection AddMqttTestDoor(this IServiceCollection services) => services.AddSingleton<MqttTestDoor>().AddHostedService(provider => provider.GetRequiredService<MqttTestDoor>());

    /// <summary>Speaks MQTT without rules on a Kestrel endpoint of this machine.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is open to others.</exception>
    public static void UseTestMqtt(this ListenOptions listen)
    {
        if (listen.IPEndPoint is not { Address: var address } || !IPAddress.IsLoopback(address)) throw new InvalidOperationException("A broker without rules listens on loopback only.");
        listen.UseGuards(secure: null, MqttTestDoor.PacketLimit);
        listen.Run(listen.ApplicationServices.GetRequiredService<MqttTestDoor>().AcceptAsync);
    }
}
