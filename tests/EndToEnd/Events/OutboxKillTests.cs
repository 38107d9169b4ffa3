using Anlan.EndToEnd.Running;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Anlan.EndToEnd.Events;

/// <summary>Whenever the program dies, every event has its effect once with every subscriber, in the order of its subject.</summary>
public sealed class OutboxKillTests(ITestOutputHelper output)
{
    private const int Kills = 20;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_lost_doubled_or_out_of_order_however_often_the_program_is_killed(bool isPostgres)
    {
        var folder = Directory.CreateTempSubdirectory("anlan-events-").FullName;
        var database = "events_" + Guid.CreateVersion7().ToString("N")[^12..];
        var postgres = isPostgres ? await MakeAsync(database) : "";
        Assert.Equal((0, ""), await RunningProgram.RunAsync("EndToEnd", TallyWorker.Verb, folder, postgres, TallyWorker.SetUp));
        var dice = new Random(7);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var worker = RunningProgram.Start("EndToEnd", TallyWorker.Verb, folder, postgres, TallyWorker.Publish);
            // Counted in events, not in time: a slow machine is killed amid the work as a fast one is.
            await worker.UntilItSaysAsync(dice.Next(1, 60));
            Assert.False(worker.HasEnded, worker.Output);
            await worker.KillAsync();
        }

        Assert.Equal((0, ""), await RunningProgram.RunAsync("EndToEnd", TallyWorker.Verb, folder, postgres, TallyWorker.Drain));

        var rows = await ReadAsync(folder, postgres);
        var published = rows.Where(row => !row.Id.Contains('/', StringComparison.Ordinal)).ToList();
        Assert.True(published.Sum(row => row.Count) > 10 * Kills, "hardly anything was published");
        foreach (var name in published)
        {
            foreach (var listener in (string[])["steady", "stumbling"])
            {
                var heard = Assert.Single(rows, row => row.Id == $"{listener}/{name.Id}");
                Assert.Equal((name.Count, name.Last, 0), (heard.Count, heard.Last, heard.Disorder));
            }
        }

        output.WriteLine($"{published.Sum(row => row.Count)} events over {Kills} kills.");
        if (isPostgres) await RunAsync($"drop database \"{database}\" with (force)");
        Directory.Delete(folder, recursive: true);
    }

    private static string Server => Environment.GetEnvironmentVariable("ANLAN_TEST_POSTGRES") is { Length: > 0 } server ? server : throw new InvalidOperationException("ANLAN_TEST_POSTGRES names no server; ./anlan test starts one.");

    private static async Task<string> MakeAsync(string database)
    {
        await RunAsync($"create database \"{database}\" template template0 encoding 'UTF8' locale 'C'");
        return new NpgsqlConnectionStringBuilder(Server) { Database = database }.ConnectionString;
    }

    private static async Task RunAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Server);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<(string Id, long Count, long Last, long Disorder)>> ReadAsync(string folder, string postgres)
    {
        await using System.Data.Common.DbConnection connection = postgres.Length > 0 ? new NpgsqlConnection(postgres + ";Pooling=false") : new SqliteConnection($"Data Source={Path.Combine(folder, "main.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select \"Id\", \"Count\", \"Last\", \"Disorder\" from tally_tallies";
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<(string, long, long, long)>();
        while (await rows.ReadAsync()) found.Add((rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3)));
        return found;
    }
}
