namespace Anlan.Toolkit.Log;

/// <summary>The undelivered downlinks in memory, a mirror of their table, updated at commit.</summary>
internal sealed class DownlinkBox
{
    private readonly Dictionary<string, List<Downlink>> _byDevice = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, string> _deviceOf = [];
    private readonly Lock _gate = new();

    public void Post(Downlink downlink)
    {
        lock (_gate)
        {
            if (!_byDevice.TryGetValue(downlink.Device, out var waiting)) _byDevice[downlink.Device] = waiting = new(2);
            waiting.Add(downlink);
            _deviceOf[downlink.Id] = downlink.Device;
        }
    }

    public void Settle(Guid id)
    {
        lock (_gate)
        {
            if (!_deviceOf.Remove(id, out var device)) return;
            var waiting = _byDevice[device];
            waiting.RemoveAll(d => d.Id == id);
            if (waiting.Count == 0) _byDevice.Remove(device);
        }
    }

    public Downlink? Find(string device, Guid id)
    {
        lock (_gate)
        {
            return _byDevice.TryGetValue(device, out var waiting) ? waiting.Find(d => d.Id == id) : null;
        }
    }

    public IReadOnlyList<Downlink> Of(string device, DateTimeOffset now)
    {
        lock (_gate)
        {
            return _byDevice.TryGetValue(device, out var waiting) ? waiting.FindAll(d => d.ExpiresAt is null || d.ExpiresAt > now) : [];
        }
    }
}
