using Anlan.Host.Cluster;
using Anlan.Host.Doors;
using Anlan.Toolkit.Cluster;
using Anlan.Toolkit.Data;
using Microsoft.Extensions.Options;

namespace Anlan.Host;

/// <summary>What an operator sets, section <c>Anlan</c> of the configuration or <c>--Anlan:HttpPort=…</c>.</summary>
internal sealed class HostSettings
{
    /// <summary>Folder of databases, keys and backups; made when missing.</summary>
    public string Data { get; init; } = "data";

    /// <summary>Connection string of PostgreSQL for tables and log; empty = SQLite files in <see cref="Data"/>.</summary>
    public string? Postgres { get; init; }

    /// <summary>Where tables and log lie.</summary>
    /// <exception cref="OptionsValidationException"><see cref="Postgres"/> is no connection string.</exception>
    public DatabaseChoice Database
    {
        get
        {
            try
            {
                return new(string.IsNullOrWhiteSpace(Postgres) ? null : Cluster.HasOthers ? PostgresLead.Named(Postgres, Process) : Postgres);
            }
            catch (ArgumentException fault)
            {
                // The text may hold a password and is not repeated.
                throw new OptionsValidationException("Anlan:Postgres", typeof(HostSettings), [$"Anlan:Postgres is no connection string like \"Host=localhost;Database=anlan;Username=anlan\": {fault.Message}"]);
            }
        }
    }

    /// <summary>The other processes, if there are any.</summary>
    public ClusterSettings Cluster { get; init; } = new();

    /// <summary>Name of this process among them, new at every start.</summary>
    public Guid Process { get; } = Guid.CreateVersion7();

    /// <summary>Folder of the city pack, relative to the program; the settings file names one, the code none.</summary>
    public string CityPack { get; init; } = "";

    /// <summary>Address of pages and API.</summary>
    public string HttpAddress { get; init; } = "127.0.0.1";

    /// <summary>Port of pages and API.</summary>
    public int HttpPort { get; init; } = 5080;

    /// <summary>Address of the broker; loopback unless configured, because plain MQTT carries credentials in clear.</summary>
    public string MqttAddress { get; init; } = "127.0.0.1";

    /// <summary>Port of the broker; 0 = no plain MQTT at all.</summary>
    public int MqttPort { get; init; } = 1883;

    /// <summary>Address of the broker's door with TLS.</summary>
    public string MqttsAddress { get; init; } = "0.0.0.0";

    /// <summary>Port of the broker's door with TLS, usually 8883; 0 = none. Shows the certificate of the pages.</summary>
    public int MqttsPort { get; init; }

    /// <summary>Address of the broker for public MQTT suites; only one of this machine is taken.</summary>
    public string MqttTestAddress { get; init; } = "127.0.0.1";

    /// <summary>Port of a broker of its own without credentials and topic rules, for public MQTT suites; 0 = none.</summary>
    public int MqttTestPort { get; init; }

    /// <summary>How the doors for people are secured.</summary>
    public DoorSettings Doors { get; init; } = new();

    /// <summary>Marks the pages 演示数据 and accepts synthetic identity numbers.</summary>
    public bool Demo { get; init; }
}
