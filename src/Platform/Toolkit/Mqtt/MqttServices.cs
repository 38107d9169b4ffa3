using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet.AspNetCore;
using MQTTnet.Server;

namespace Anlan.Toolkit.Mqtt;

/// <summary>Registers the embedded broker on Kestrel.</summary>
public static class MqttServices
{
    /// <summary>Largest uplink packet in bytes, from the fixed header's remaining length (CHIP-CONN).</summary>
    public const int PacketLimit = 16 * 1024;

    /// <summary>Adds the broker's services.</summary>
    public static IServiceCollection AddMqttBroker(this IServiceCollection services)
    {
        services.AddSingleton<MqttCounters>();
        services.AddSingleton<RejectedUplinks>();
        services.AddSingleton<RejectedUplinkWriter>();
        services.AddSingleton<MqttBroker>();
        services.AddSingleton<IDeviceSender>(provider => provider.GetRequiredService<MqttBroker>());
        services.AddHostedMqttServer(options => options.WithoutDefaultEndpoint().WithMaxPendingMessagesPerClient(200).WithDefaultCommunicationTimeout(TimeSpan.FromSeconds(10)));
        services.AddMqttConnectionHandler();
        services.AddConnections();
        return services;
    }

    /// <summary>Hooks the broker's rules into the server; before the host starts.</summary>
    public static void AttachMqttBroker(this IServiceProvider services) =>
        services.GetRequiredService<MqttBroker>().Attach(services.GetRequiredService<MqttServer>(), services.GetServices<IUplinkHandler>(), services.GetServices<IConnectionObserver>());

    /// <summary>Speaks MQTT on a Kestrel endpoint, refusing oversized and foreign packets on their fixed header.</summary>
    public static void UseGuardedMqtt(this ListenOptions listen)
    {
        var services = listen.ApplicationServices;
        var (rejected, counters, clock) = (services.GetRequiredService<RejectedUplinks>(), services.GetRequiredService<MqttCounters>(), services.GetRequiredService<TimeProvider>());
        listen.Use(next => async connection =>
        {
            var watch = new DoorWatch(connection.Transport, connection.RemoteEndPoint, PacketLimit, rejected, counters, clock);
            connection.Transport = watch;
            try
            {
                await next(connection);
            }
            finally
            {
                watch.End();
            }
        });
        listen.UseMqtt();
    }
}
