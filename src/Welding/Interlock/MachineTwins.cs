using System.Collections.Concurrent;
using Orleans;

namespace Anlan.Welding.Interlock;

/// <summary>Finds each machine's twin. References are kept, because making one looks attributes up by reflection each time and costs more than the call.</summary>
internal sealed class MachineTwins(IGrainFactory grains)
{
    private readonly ConcurrentDictionary<Guid, IMachineTwin> _twins = new();

    /// <summary>The twin of a registered machine.</summary>
    public IMachineTwin Of(Guid machine) => _twins.GetOrAdd(machine, static (id, factory) => factory.GetGrain<IMachineTwin>(id), grains);
}
