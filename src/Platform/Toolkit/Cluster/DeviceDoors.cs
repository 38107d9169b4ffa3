using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Anlan.Toolkit.Cluster;

/// <summary>At which process each device's connection is; kept by the process that decides.</summary>
internal sealed class DeviceDoors
{
    private readonly ConcurrentDictionary<string, Place> _places = new(StringComparer.Ordinal);

    /// <summary>A connection at a door.</summary>
    public readonly record struct Place(SiloAddress Door, long Connection);

    /// <summary>Where a device is connected, or null.</summary>
    public Place? Of(string device) => _places.TryGetValue(device, out var place) ? place : null;

    /// <summary>A connection begins; answers the older one at another door that it takes the place of.</summary>
    public Place? Begin(string device, Place place)
    {
        Place? before = null;
        _places.AddOrUpdate(device, place, (_, known) =>
        {
            before = known;
            return place;
        });
        return before is { } older && !older.Door.Equals(place.Door) ? older : null;
    }

    /// <summary>A connection ended; false when the device has come back elsewhere meanwhile.</summary>
    public bool End(string device, Place place) => _places.TryRemove(KeyValuePair.Create(device, place));

    /// <summary>A door is gone with all its connections; answers whose they were.</summary>
    public IReadOnlyList<(string Device, Place Place)> At(SiloAddress door) => [.. _places.Where(held => held.Value.Door.Equals(door)).Select(held => (held.Key, held.Value))];
}
