using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Anlan.Toolkit.Mqtt;

/// <summary>Registers the embedded broker on Kestrel.</summary>
public static class MqttServices
{
    /// <summary>Largest uplink packet in bytes, from the fixed header's remaining length (CHIP-CONN).</summary>
    public const int PacketLimit = 16 * 1024;

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
        services.TryAddSingleton<OwnDesk>();
        services.TryAddSingleton<IDeviceDesk>(provider => provider.GetRequiredService<OwnDesk>());
        services.AddSingleton<MqttBroker>();
        services.TryAddSingleton<IDeviceSender>(provider => provider.GetRequiredService<MqttBroker>());
        services.AddHostedService(provider => provider.GetRequiredService<MqttBroker>());
        return services;
    }

    /// <summary>Speaks MQTT on a Kestrel endpoint, bounding addresses before a byte is read and refusing oversized and foreign packets on their fixed header.</summary>
    /// <param name="listen">The endpoint.</param>
    /// <param name="secure">Puts TLS between the two.</param>
    public static void UseGuardedMqtt(this ListenOptions listen, Action<ListenOptions>? secure = null)
    {
        listen.UseGuards(secure, PacketLimit);
        // Looked up when somebody comes: the broker's own services may not be there yet.
        var services = listen.ApplicationServices;
        listen.Run(connection => services.GetRequiredService<MqttBroker>().AcceptAsync(connection));
    }

    internal static void UseGuards(this ListenOptions listen, Action<ListenOptions>? secure, int packetLimit)
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
            var watch = new DoorWatch(connection.Transport, connection.RemoteEndPoint, packetLimit, rejected, counters, clock);
            connection.Transport = watch;
            connection.Features.Set(watch);
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
