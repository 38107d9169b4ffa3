using System.Diagnostics;
using Anlan.Benchmarks;
using Anlan.Benchmarks.Failover;
using Anlan.Benchmarks.Interlock;
using Anlan.Benchmarks.Scopes;
using Anlan.EndToEnd.Durability;
using Anlan.Kernel.Log;
using Npgsql;

namespace Anlan.EndToEnd.Clusters;

/// <summary>Three servers under load behind a balancer; the deciding one is killed, hangs, and is asked to stop.</summary>
public sealed class FailoverTests(ITestOutputHelper output)
{
    private const int Machines = 40;

    private static string Postgres => Environment.GetEnvironmentVariable("ANLAN_TEST_POSTGRES") is { Length: > 0 } server
        ? server
        : throw new InvalidOperationException("ANLAN_TEST_POSTGRES names no server; ./anlan test starts one.");

    [Fact]
    public async Task Three_servers_lose_and_double_nothing_and_power_nothing_by_mistake_when_one_is_killed_one_hangs_and_one_stops()
    {
        var stop = TestContext.Current.CancellationToken;
        var data = Directory.CreateTempSubdirectory("anlan-end-to-end-");
        try
        {
            await using var database = await BenchDatabase.MakeAsync(Postgres, stop);
            var machines = Enumerable.Range(0, Machines).Select(number => new BenchMachine(number)).ToList();
            await using var cluster = await Cluster.StartAsync(data.FullName, database.Connection, machines, 3, stop);
            await using var source = NpgsqlDataSource.Create(database.Connection);
            var (ledger, log) = (new Ledger(), Read(source));
            await using var load = await ClusterLoad.BeginAsync(cluster, machines, ledger, ledger.Acknowledged, stop);
            await load.UntilAllWorkAsync(Stopwatch.GetTimestamp(), stop);

            await FailAsync("killed", server => server.Kill());
            var held = await FailAsync("hung", server => server.Hang());
            // It comes to itself after another took over: it must not do a thing more, and ends.
            held.GoOn();
            await held.UntilEndedAsync(stop);
            Check("let go on");
            // Whoever decides and whoever stands by: both may be asked to stop.
            var stopped = await FailAsync("asked to stop", server => server.AskToStop());
            await stopped.UntilEndedAsync(stop);

            await load.EndWorkAsync(stop);
            Check("at the end");
            output.WriteLine($"{ledger.Lines.Count} told, {log.Count} in the log, {load.Starts} starts; {ledger.Failures.Count} requests had no answer or another one: {string.Join("; ", ledger.Failures.Distinct(StringComparer.Ordinal).Take(5))}");

            async Task<HostProcess> FailAsync(string what, Action<HostProcess> fault)
            {
                var number = await cluster.FindDecidingAsync(stop);
                var server = cluster.Servers[number];
                fault(server);
                await load.UntilAllWorkAsync(Stopwatch.GetTimestamp(), stop);
                Check(what);
                if (what == "killed") await cluster.StartAsync(number, stop);
                return server;
            }

            void Check(string when)
            {
                // First what was told, then the log: it may only have grown meanwhile.
                var told = ledger.Lines;
                log.GoOn();
                log.AssertTold(told, when);
                log.AssertPowerIsDecided(load.Chips, when);
            }
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    // As somebody reads who does not write: the lock of the log belongs to the server.
    private static ReadLog Read(NpgsqlDataSource source) => new(
        (after, most) => [.. Rows(source, "select seq, entry from hot.log where seq > $1 order by seq limit $2", after, most).Select(row => LogEntry.Decode(row.Seq, row.Entry))],
        (after, most) => Rows(source, "select seq, entry from telemetry.entries where seq > $1 order by seq limit $2", after, most));

    private static List<(long Seq, byte[] Entry)> Rows(NpgsqlDataSource source, string sql, long after, int most)
    {
        using var command = source.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = after });
        command.Parameters.Add(new NpgsqlParameter { Value = most });
        using var reader = command.ExecuteReader();
        var rows = new List<(long, byte[])>();
        while (reader.Read()) rows.Add((reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
        return rows;
    }
}
