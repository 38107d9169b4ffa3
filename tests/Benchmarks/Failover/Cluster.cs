using System.Globalization;
using System.Text.Json;
using Anlan.Benchmarks.Interlock;
using Npgsql;

namespace Anlan.Benchmarks.Failover;

/// <summary>Several servers behind a balancer with a seeded county in one database: what a county with more than one machine runs.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private readonly string _data;
    private readonly RedisProcess _redis = RedisProcess.Start();
    private readonly string _connection;
    private readonly List<Member> _members = [];
    private Balancer? _balancer;

    private Cluster(string data, string connection, IReadOnlyList<byte[]> trusted) => (_data, _connection, Trusted) = (data, connection, trusted);

    /// <summary>Keys that chips trust.</summary>
    public IReadOnlyList<byte[]> Trusted { get; }

    /// <summary>The balancer in front.</summary>
    public Balancer Balancer => _balancer!;

    /// <summary>The servers.</summary>
    public IReadOnlyList<HostProcess> Servers => _members.ConvertAll(member => member.Server);

    /// <summary>Enters the county and starts the servers.</summary>
    /// <param name="folder">Data folder that they share: the keys.</param>
    /// <param name="connection">An empty database in PostgreSQL.</param>
    /// <param name="machines">What is entered.</param>
    /// <param name="count">How many servers.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<Cluster> StartAsync(string folder, string connection, IReadOnlyList<BenchMachine> machines, int count, CancellationToken stop)
    {
        var trusted = await SeededCounty.MakeAsync(folder, machines, stop, $"--Anlan:Postgres={connection}");
        NpgsqlConnection.ClearAllPools();
        var cluster = new Cluster(folder, connection, trusted);
        try
        {
            var ports = Ports.Free(count * 4);
            for (var i = 0; i < count; i++) cluster._members.Add(new Member(ports[i * 4], ports[(i * 4) + 1], ports[(i * 4) + 2], ports[(i * 4) + 3]));
            cluster._balancer = Balancer.Start(folder, [.. cluster._members.Select(member => (member.Http, member.Mqtt))]);
            // One after the other, so that it is known who decides.
            foreach (var number in Enumerable.Range(0, count)) await cluster.StartAsync(number, stop);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a server that is not running, and waits until it is ready.</summary>
    public async Task StartAsync(int number, CancellationToken stop)
    {
        var member = _members[number];
        if (member.Process is { } old) await old.DisposeAsync();
        member.Process = HostProcess.Start(_data, member.Http, member.Mqtt, [
            .. SeededCounty.Settings, "--Anlan:Demo=true", $"--Anlan:Postgres={_connection}", "--Anlan:Cluster:Kind=redis", $"--Anlan:Cluster:Redis={_redis.Address}",
            string.Create(CultureInfo.InvariantCulture, $"--Anlan:Cluster:SiloPort={member.Silo}"), string.Create(CultureInfo.InvariantCulture, $"--Anlan:Cluster:HttpPort={member.Inner}")]);
        await member.Process.UntilReadyAsync(Longest, stop);
    }

    /// <summary>Which server decides.</summary>
    public async Task<int> FindDecidingAsync(CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var deciding = -1;
        await Waiting.UntilAsync(async () => (deciding = await AskWhoDecidesAsync(http, stop)) >= 0, Longest, "a server that decides", stop: stop);
        return deciding;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _balancer?.Dispose();
        foreach (var member in _members)
        {
            if (member.Process is { } process) await process.DisposeAsync();
        }

        _redis.Dispose();
    }

    // -1 while nobody does.
    private async Task<int> AskWhoDecidesAsync(HttpClient http, CancellationToken stop)
    {
        for (var number = 0; number < _members.Count; number++)
        {
            if (await IsDecidingAsync(http, _members[number], stop)) return number;
        }

        return -1;
    }

    // Who stands by says so; who decides tells positions.
    private static async Task<bool> IsDecidingAsync(HttpClient http, Member member, CancellationToken stop)
    {
        try
        {
            var said = await http.GetStringAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{member.Http}/health/ready")), stop);
            return JsonDocument.Parse(said).RootElement.TryGetProperty("projected", out _);
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private sealed class Member(int http, int mqtt, int silo, int inner)
    {
        public int Http => http;

        public int Mqtt => mqtt;

        public int Silo => silo;

        public int Inner => inner;

        public HostProcess? Process { get; set; }

        public HostProcess Server => Process!;
    }
}
