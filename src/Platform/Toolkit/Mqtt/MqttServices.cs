using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MQTTnet.AspNetCore;
using MQTTnet.Server;

namespace Anlan.Toolkit.Mqtt;

/// <summary>Registers the embedded broker on Kestrel.</summary>
public static class MqttServices
{
    /// <summary>Largest uplink packet in bytes, from the fixed header's remaining length (CHIP-CONN).</summary>
    public const int PacketLimit = 16 * 1024;

    // A connection keeps what its longest packet needed, without the payload: topics of ours are 60 characters. The library's 4 kB were a fifth of what an idle chip costs.
    private const int PacketBuffer = 256;

    /// <summary>Section of the settings.</summary>
    public const string Section = "Anlan:Broker";

    /// <summary>Adds the broker's services; without a configuration with the limits' defaults.</summary>
    public static IServiceCollection AddMqttBroker(this IServiceCollection services, IConfiguration? configuration = null)
    {
        var options = services.AddOptions<BrokerOptions>().ValidateDataAnnotations().Validate(HasAddresses, "Anlan:Broker:Unlimited must be addresses with commas in between.").ValidateOnStart();
        if (configuration is not null) options.Bind(configuration.GetSection(Section));
        services.AddSingleton<MqttCounters>();
        services.AddSingleton<RejectedUplinks>();
        services.AddSingleton<RejectedUplinkWriter>();
        services.AddSingleton<AddressLimits>();
        services.AddSingleton<MqttBroker>();
        services.AddSingleton<IDeviceSender>(provider => provider.GetRequiredService<MqttBroker>());
        services.AddHostedMqttServerWithServices(server => server.WithoutDefaultEndpoint().WithMaxPendingMessagesPerClient(200)
            .WithDefaultCommunicationTimeout(server.ServiceProvider.GetRequiredService<IOptions<BrokerOptions>>().Value.AnswerTime));
        services.AddMqttConnectionHandler();
        services.AddConnections();
        return services;
    }

    /// <summary>Hooks the broker's rules into the server; before the host starts.</summary>
    public static void AttachMqttBroker(this IServiceProvider services)
    {
        services.GetRequiredService<MqttServerOptions>().WriterBufferSize = PacketBuffer;
        services.GetRequiredService<MqttBroker>().Attach(services.GetRequiredService<MqttServer>(), services.GetServices<IUplinkHandler>(), services.GetServices<IConnectionObserver>());
    }

    /// <summary>Speaks MQTT on a Kestrel endpoint, bounding addresses before a byte is read and refusing oversized and foreign packets on their fixed header.</summary>
    /// <param name="listen">The endpoint.</param>
    /// <param name="secure">Puts TLS between the two.</param>
    public static void UseGuardedMqtt(this ListenOptions listen, Action<ListenOptions>? secure = null)
    {
        listen.UseGuards(secure);
        listen.UseMqtt();
    }

    internal static void UseGuards(this ListenOptions listen, Action<ListenOptions>? secure)
    {
        var services = listen.ApplicationServices;
        var (rejected, counters, limits, clock) = (services.GetRequiredService<RejectedUplinks>(), services.GetRequiredService<MqttCounters>(), services.GetRequiredService<AddressLimits>(), services.GetRequiredService<TimeProvider>());
        listen.Use(next => async connection =>
        {
            var remote = connection.RemoteEndPoint;
            if (limits.Enter(remote) is not Admission.Admitted and var refused)
            {
                // One row tells of the flood; the counter tells how large it is.
                if (refused == Admission.RefusedFirst) rejected.Keep(RejectionKind.TooMany, RejectedUplinks.AddressOf(remote), null, "", "More connections, or more new ones a minute, than one address may have.", default, 0, clock.GetUtcNow());
                counters.CountTooMany();
                connection.Abort(new ConnectionAbortedException("Too many connections of one address."));
                return;
            }

            try
            {
                await next(connection);
            }
            finally
            {
                limits.Leave(remote);
            }
        });
        secure?.Invoke(listen);
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
    }

    private static bool HasAddresses(BrokerOptions options)
    {
        try
        {
            return options.UnlimitedAddresses().Count >= 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
