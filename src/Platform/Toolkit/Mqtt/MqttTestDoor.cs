using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MQTTnet.AspNetCore;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Server;

namespace Anlan.Toolkit.Mqtt;

/// <summary>
/// A door for public MQTT suites: the same guards and the same broker library with the same settings, but without credentials and topic rules. It is a broker of its own, so that nothing said
/// there ever reaches a device or the log.
/// </summary>
internal sealed class MqttTestDoor : IHostedService, IDisposable
{
    private readonly MqttConnectionHandler _handler = new();
    private readonly MqttServer _server;

    public MqttTestDoor(IOptions<BrokerOptions> options)
    {
        var settings = new MqttServerOptionsBuilder().WithoutDefaultEndpoint().WithPersistentSessions().WithMaxPendingMessagesPerClient(10_000).WithDefaultCommunicationTimeout(options.Value.AnswerTime);
        _server = new MqttServer(settings.Build(), [_handler], new MqttNetNullLogger());
        _server.ValidatingConnectionAsync += NameAsync;
    }

    public Task AcceptAsync(ConnectionContext connection) => _handler.OnConnectedAsync(connection);

    public Task StartAsync(CancellationToken cancellationToken) => _server.StartAsync();

    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(new MqttServerStopOptionsBuilder().Build());

    public void Dispose() => _server.Dispose();

    // A client of MQTT 5 may come without a name and is given one. The library takes no nameless client of 3.1.1, whatever is said here.
    private static Task NameAsync(ValidatingConnectionEventArgs e)
    {
        if (string.IsNullOrEmpty(e.ClientId)) e.AssignedClientIdentifier = Guid.CreateVersion7().ToString("N");
        return Task.CompletedTask;
    }
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
        listen.UseGuards(secure: null);
        listen.Run(listen.ApplicationServices.GetRequiredService<MqttTestDoor>().AcceptAsync);
    }
}
