using Anlan.Toolkit.Cluster;
using Anlan.Toolkit.Mqtt;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Anlan.Devices.Presence;

/// <summary>
/// After a take-over: whoever was on-line is taken to be so while connections are told and lost ones come back, so that nobody is refused a start for it. Who has not been
/// heard of by then is off-line. Nothing has power because of it: a grant waits until the device fetches it.
/// </summary>
internal sealed partial class LostDevices(DeviceStates states, IEnumerable<IConnectionObserver> observers, TimeProvider clock, ILogger<LostDevices> logger, ILead? lead = null) : BackgroundService
{
    /// <summary>How long; some attempts of a device to connect anew.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (lead?.Self is null) return;
        await Task.Delay(Grace, clock, stoppingToken);
        foreach (var serial in states.Presumed)
        {
            states.Found(serial);
            try
            {
                foreach (var observer in observers) await observer.OnDisconnectedAsync(serial, stoppingToken);
            }
            catch (Exception failed) when (failed is not (OperationCanceledException or OutOfMemoryException))
            {
                LogFailed(failed, serial);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "That {Device} did not come back could not be recorded")]
    private partial void LogFailed(Exception failed, string device);
}
