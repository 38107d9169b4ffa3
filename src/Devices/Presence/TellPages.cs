using Anlan.Contracts.Devices;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Ui;

namespace Anlan.Devices.Presence;

/// <summary>Tells open pages that a device came, went or was tampered with; measurements change nothing that a list of devices shows.</summary>
internal sealed class TellPages(LiveFeed feed) : ILogObserver
{
    /// <summary>Topic of the pages about devices.</summary>
    public const string Topic = "devices";

    public void OnCommitted(IReadOnlyList<LogRecord> batch)
    {
        if (batch.Any(record => record.Body is IDeviceReport { Online: not null } or IDeviceReport { Tampered: not null })) feed.Tell(Topic);
    }
}
