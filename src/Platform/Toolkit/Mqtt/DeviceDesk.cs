using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Mqtt;

/// <summary>Takes what the broker hears to where it is decided: in this process, or in the one that decides.</summary>
public interface IDeviceDesk
{
    /// <summary>True when a device with this serial exists, is enabled and the secret is its own.</summary>
    ValueTask<bool> IsGenuineAsync(string device, ReadOnlyMemory<byte> secret);

    /// <summary>A device's own connection begins; nothing was read from it yet.</summary>
    /// <param name="device">Serial.</param>
    /// <param name="connection">Number of the connection, of this process.</param>
    ValueTask ConnectedAsync(string device, long connection);

    /// <summary>A device's own connection ended and no newer one of it has begun here.</summary>
    ValueTask DisconnectedAsync(string device, long connection);

    /// <summary>Takes one message, as <see cref="IUplinkHandler.HandleAsync"/> does.</summary>
    ValueTask TakeAsync(string channel, Uplink uplink, CancellationToken stop);
}

/// <summary>
/// The modules of this process. They are asked for when the first device comes: their handlers send through the broker that this desk belongs to, and
/// a process that stands by has none.
/// </summary>
internal sealed class OwnDesk(IServiceProvider provider) : IDeviceDesk
{
    private readonly Lazy<IDeviceAuthenticator> _authenticator = new(provider.GetRequiredService<IDeviceAuthenticator>);
    private readonly Lazy<Dictionary<string, IUplinkHandler>> _handlers = new(() => provider.GetServices<IUplinkHandler>().ToDictionary(handler => handler.Channel, StringComparer.Ordinal));
    private readonly Lazy<IConnectionObserver[]> _observers = new(() => [.. provider.GetServices<IConnectionObserver>()]);

    public ValueTask<bool> IsGenuineAsync(string device, ReadOnlyMemory<byte> secret) => ValueTask.FromResult(_authenticator.Value.IsGenuine(device, secret.Span));

    public ValueTask ConnectedAsync(string device, long connection) => ValueTask.CompletedTask;

    public async ValueTask DisconnectedAsync(string device, long connection)
    {
        List<Exception>? failures = null;
        foreach (var observer in _observers.Value)
        {
            try
            {
                await observer.OnDisconnectedAsync(device, CancellationToken.None);
            }
            catch (Exception failed) when (failed is not OutOfMemoryException)
            {
                (failures ??= []).Add(failed);
            }
        }

        if (failures is not null) throw new AggregateException(failures);
    }

    public ValueTask TakeAsync(string channel, Uplink uplink, CancellationToken stop) =>
        _handlers.Value.TryGetValue(channel, out var handler) ? handler.HandleAsync(uplink, stop) : throw new MalformedUplinkException($"Unknown channel {channel}.");

    /// <summary>A device was connected already when this process began to decide.</summary>
    public async ValueTask FoundAsync(string device, CancellationToken stop)
    {
        foreach (var observer in _observers.Value) await observer.OnFoundAsync(device, stop);
    }
}
