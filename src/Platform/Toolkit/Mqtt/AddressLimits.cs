using System.Net;
using Anlan.Toolkit.Http;
using Microsoft.Extensions.Options;

namespace Anlan.Toolkit.Mqtt;

/// <summary>What the door says to a new connection, before a byte of it is read.</summary>
internal enum Admission
{
    /// <summary>Come in.</summary>
    Admitted,

    /// <summary>The first one of an address that is too many.</summary>
    RefusedFirst,

    /// <summary>Another one.</summary>
    Refused,
}

/// <summary>Bounds connections and new connections of each address, so that one of them cannot keep the others out.</summary>
internal sealed class AddressLimits(IOptions<BrokerOptions> options, TimeProvider clock)
{
    private const int MostIdle = 4_096;
    private readonly HashSet<IPAddress> _unlimited = [.. options.Value.UnlimitedAddresses()];
    private readonly Dictionary<IPAddress, Load> _loads = [];
    private readonly Lock _gate = new();

    /// <summary>A connection wants to come in; whoever is admitted has to <see cref="Leave"/>.</summary>
    public Admission Enter(EndPoint? remote)
    {
        if (Limited(remote) is not { } address) return Admission.Admitted;
        lock (_gate)
        {
            if (!_loads.TryGetValue(address, out var load))
            {
                Forget();
                _loads[address] = load = new Load(new Budget(options.Value.ConnectsPerMinute, options.Value.ConnectsPerMinute / 60.0, clock));
            }

            if (load.Connections < options.Value.ConnectionsPerAddress && load.Connects.TryTake())
            {
                load.Connections++;
                load.IsRefused = false;
                return Admission.Admitted;
            }

            var isFirst = !load.IsRefused;
            load.IsRefused = true;
            return isFirst ? Admission.RefusedFirst : Admission.Refused;
        }
    }

    /// <summary>An admitted connection is over.</summary>
    public void Leave(EndPoint? remote)
    {
        if (Limited(remote) is not { } address) return;
        lock (_gate)
        {
            if (!_loads.TryGetValue(address, out var load)) return;
            load.Connections--;
            if (load.Connections == 0 && load.Connects.IsFull) _loads.Remove(address);
        }
    }

    // Addresses that came and went leave nothing behind, however many of them there are.
    private void Forget()
    {
        if (_loads.Count < MostIdle) return;
        foreach (var idle in _loads.Where(pair => pair.Value.Connections == 0 && pair.Value.Connects.IsFull).Select(pair => pair.Key).ToList()) _loads.Remove(idle);
    }

    private IPAddress? Limited(EndPoint? remote)
    {
        if (remote is not IPEndPoint { Address: var address }) return null;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return _unlimited.Contains(address) ? null : AddressNetwork.Of(address);
    }

    private sealed class Load(Budget connects)
    {
        public Budget Connects => connects;

        public int Connections { get; set; }

        public bool IsRefused { get; set; }
    }
}
