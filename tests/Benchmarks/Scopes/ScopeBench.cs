using System.CommandLine;
using Anlan.Benchmarks.Interlock;
using Anlan.Benchmarks.Wire;
using Npgsql;

namespace Anlan.Benchmarks.Scopes;

/// <summary>
/// How fast town officers get their list of enterprises in a big city, from PostgreSQL, while fifty of them ask without a pause. The baseline is a page of the
/// same list asked of the database itself, with as many connections.
/// </summary>
internal static class ScopeBench
{
    private const int WarmUpAnswers = 40_000;

    public static Command Command()
    {
        var postgres = new Option<string>("--postgres") { Description = "A server in which a database can be made; ./anlan bench starts one of its own.", Required = true };
        var enterprises = new Option<int>("--enterprises") { Description = "Enterprises in the city.", DefaultValueFactory = _ => 1_000_000 };
        var organs = new Option<int>("--organs") { Description = "Organs, each with an assignment.", DefaultValueFactory = _ => 2_000 };
        var users = new Option<int>("--users") { Description = "Officers who ask at the same time.", DefaultValueFactory = _ => 50 };
        var seconds = new Option<int>("--seconds") { Description = "How long to measure.", DefaultValueFactory = _ => 10 };
        var command = new Command("scope", "A town officer's list among a city's enterprises on PostgreSQL, at many users at once.") { postgres, enterprises, organs, users, seconds };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetValue(postgres)!, parsed.GetValue(enterprises), parsed.GetValue(organs), parsed.GetValue(users), TimeSpan.FromSeconds(parsed.GetValue(seconds)), stop));
        return command;
    }

    private static async Task<int> RunAsync(string server, int enterprises, int organs, int users, TimeSpan time, CancellationToken stop)
    {
        using var data = new TemporaryFolder();
        await using var database = await BenchDatabase.MakeAsync(server, stop);
        Say($"Entering {enterprises:N0} enterprises and {organs:N0} organs");
        var officers = await BenchCity.MakeAsync(data.Path, database.Connection, enterprises, organs, users, stop);
        Say("Starting the server");
        await using var host = HostProcess.Start(data.Path, [.. BenchCity.Settings, $"--Anlan:Postgres={database.Connection}"]);
        await host.UntilReadyAsync(TimeSpan.FromMinutes(3), stop);
        Say($"Ready with {host.ResidentMegabytes:F0} MB resident");

        using var loop = new EventLoop();
        var connections = new List<OfficerConnection>();
        foreach (var officer in officers) connections.Add(loop.Connect(host.HttpPort, new OfficerConnection(officer, await SignIns.CookieOfAsync(host.HttpPort, officer.UserName, BenchCity.Password, stop), connections.Count)));
        connections.ForEach(connection => connection.Begin());
        var latencies = new Latencies();
        connections.ForEach(connection => connection.Latencies = latencies);
        WarmUp.Run(time => loop.TurnFor(time), () => latencies.Count, WarmUpAnswers);
        latencies = new Latencies();
        connections.ForEach(connection => connection.Latencies = latencies);
        Say($"{connections.Count} officers ask for {time.TotalSeconds:F0} s");
        var used = host.ProcessorTime;
        loop.TurnFor(time);
        var answers = latencies.Count;
        Say($"Processor: {(host.ProcessorTime - used).TotalMilliseconds / answers:F3} ms an answer in the server");
        connections.ForEach(connection => (connection.Latencies, connection.IsStopping) = (null, true));
        loop.TurnUntil(() => connections.TrueForAll(connection => !connection.IsBusy), TimeSpan.FromSeconds(30), "the last answers");
        await host.DisposeAsync();

        Say($"Measuring the baseline for {time.TotalSeconds:F0} s");
        var baseline = await BareListAsync(database.Connection, officers, time, stop);
        new BenchReport("scope", "ms").With("value", latencies.Milliseconds(0.95)).Against(baseline.Milliseconds(0.95)!.Value).With(latencies)
            .With("answers_per_second", answers / time.TotalSeconds).With("enterprises", enterprises).With("organs", organs).With("users", officers.Count).Print();
        return 0;
    }

    // The count and the first page, as somebody would write them who needs neither scope nor names nor JSON.
    private static async Task<Latencies> BareListAsync(string connection, IReadOnlyList<BenchOfficer> officers, TimeSpan time, CancellationToken stop)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        var found = new Latencies();
        var until = System.Diagnostics.Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * System.Diagnostics.Stopwatch.Frequency);
        await Task.WhenAll(officers.Select(async officer =>
        {
            await using var session = await database.OpenConnectionAsync(stop);
            while (System.Diagnostics.Stopwatch.GetTimestamp() < until)
            {
                var since = System.Diagnostics.Stopwatch.GetTimestamp();
                await using (var count = new NpgsqlCommand("""SELECT count(*) FROM enterprises_enterprises WHERE "Division" = $1""", session) { Parameters = { new() { Value = officer.Town } } })
                {
                    await count.ExecuteScalarAsync(stop);
                }

                await using (var page = new NpgsqlCommand("""SELECT * FROM enterprises_enterprises WHERE "Division" = $1 ORDER BY "Name" LIMIT 20""", session) { Parameters = { new() { Value = officer.Town } } })
                await using (var rows = await page.ExecuteReaderAsync(stop))
                {
                    while (await rows.ReadAsync(stop)) _ = rows.GetString(1);
                }

                lock (found) found.AddSince(since);
            }
        }));
        return found;
    }

    private static void Say(string text) => Console.WriteLine(text);
}
