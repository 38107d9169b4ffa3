using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;

namespace Anlan.Host.Cluster;

/// <summary>How this process finds the others, section <c>Anlan:Cluster</c> of several processes; see docs/scaling.md.</summary>
internal sealed class ClusterSettings
{
    /// <summary><c>local</c>: this process is the only one. <c>redis</c>: one of several, membership in Redis, data in PostgreSQL.</summary>
    public string Kind { get; init; } = "local";

    /// <summary>Redis, for example <c>10.0.0.9:6379,password=…</c>.</summary>
    public string Redis { get; init; } = "";

    /// <summary>Name of the cluster: two installations with one Redis need two.</summary>
    public string Name { get; init; } = "anlan";

    /// <summary>Address at which the other processes reach this one: of a private network, nobody else may reach it.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Port for what processes say to each other.</summary>
    public int SiloPort { get; init; } = 11_111;

    /// <summary>Port at which the deciding process takes the requests that others hand on.</summary>
    public int HttpPort { get; init; } = 7_180;

    /// <summary>True when there are other processes.</summary>
    public bool HasOthers => Kind == "redis";

    /// <summary>Where the others hand requests on to.</summary>
    public string Http => string.Create(CultureInfo.InvariantCulture, $"http://{(Address.Contains(':', StringComparison.Ordinal) ? $"[{Address}]" : Address)}:{HttpPort}");

    /// <summary>Tells in a line what cannot work.</summary>
    /// <exception cref="OptionsValidationException">Something is missing.</exception>
    public void Check(bool hasPostgres)
    {
        var faults = new List<string>();
        if (Kind is not ("local" or "redis")) faults.Add($"Anlan:Cluster:Kind is \"{Kind}\"; local or redis.");
        if (HasOthers && string.IsNullOrWhiteSpace(Redis)) faults.Add("Anlan:Cluster:Kind=redis needs Anlan:Cluster:Redis, for example localhost:6379.");
        if (HasOthers && !hasPostgres) faults.Add("Anlan:Cluster:Kind=redis needs Anlan:Postgres: several processes cannot share SQLite files.");
        if (!IPAddress.TryParse(Address, out _)) faults.Add($"Anlan:Cluster:Address is no address: {Address}");
        if (faults.Count > 0) throw new OptionsValidationException("Anlan:Cluster", typeof(ClusterSettings), faults);
    }
}
