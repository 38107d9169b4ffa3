using Anlan.Toolkit.Data;

namespace Anlan.Devices.Presence;

/// <summary>Loads the states after the projector has caught up.</summary>
internal sealed class DeviceStateLoading(DeviceStates states) : IStartUpStep
{
    public Task RunAsync(AnlanDb db, CancellationToken stop) => states.LoadAsync(db, stop);
}
