using System.CommandLine;
using Anlan.Benchmarks.Interlock;
using Microsoft.Data.Sqlite;

namespace Anlan.Benchmarks.Growth;

/// <summary>
/// What a start costs in a town, a county, a city and a province: the same thousand machines weld, among ever more that are registered. Nothing on the way of a start may look at
/// what it is not about.
/// </summary>
internal static class GrowthBench
{
    private const int Working = 1000;

    // What else runs on the machine only adds: the least of several is what a start costs.
    private const int Windows = 4;

    public static Command Command()
    {
        var sizes = new Option<int[]>("--sizes") { Description = "Registered machines.", DefaultValueFactory = _ => [1_000, 10_000, 100_000, 1_000_000], AllowMultipleArgumentsPerToken = true };
        var seconds = new Option<int>("--seconds") { Description = "How long each of four measurements at a size takes.", DefaultValueFactory = _ => 10 };
        var command = new Command("growth", "Time and memory of a start among a thousand to a million registered machines.") { sizes, seconds };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(sizes)!, TimeSpan.FromSeconds(parsed.GetValue(seconds)), stop));
        return command;
    }

    private static async Task<int> RunAsync(int[] sizes, TimeSpan time, CancellationToken stop)
    {
        var report = new BenchReport("growth", "times");
        var (times, allocations) = (new List<double>(), new List<double>());
        foreach (var size in sizes.Order())
        {
            using var data = new TemporaryFolder();
            var machines = Enumerable.Range(0, Working).Select(number => new BenchMachine(number)).ToList();
            var trusted = await SeededCounty.MakeAsync(data.Path, machines, stop);
            Register(Path.Combine(data.Path, "main.db"), size - Working);
            Say($"Starting the server with {size:N0} machines");
            await using var server = HostProcess.Start(data.Path, [.. SeededCounty.Settings, "--Anlan:Telemetry:Metrics=Loopback"]);
            await server.UntilReadyAsync(TimeSpan.FromMinutes(5), stop);
            var measured = await InterlockBench.MeasureAsync(server, machines, trusted, time, 0, new BenchReport("starts", "starts/s"), stop, Windows);
            if (measured.Load.Failures > 0) return 1;
            times.Add(measured.Processor.TotalMicroseconds);
            allocations.Add(measured.Allocated!.Value / 1024);
            report.With($"us_{size}", times[^1]).With($"kb_{size}", allocations[^1]).With($"p50_ms_{size}", measured.Load.Latencies.Milliseconds(0.5)).With($"rss_mb_{size}", server.ResidentMegabytes);
            Say($"{size:N0} machines: {times[^1]:F0} us and {allocations[^1]:F1} kB a start, {server.ResidentMegabytes:F0} MB resident");
        }

        report.With("value", times.Max() / times.Min()).With("memory", allocations.Max() / allocations.Min()).Print();
        return 0;
    }

    // Copies of the first machine and its chip, under names of their own, by the database itself: a million through the forms would take hours.
    private static void Register(string file, int more)
    {
        if (more <= 0) return;
        using (var database = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            database.Open();
            Copy(database, "devices_devices", "Serial", "'BENCHCHIP00000'", more, ("Serial", "printf('GROWNCHIP%07d', i)"));
            Copy(database, "welding_machines", "Code", "'BENCH-00000'", more, ("Code", "printf('GROWN-%07d', i)"), ("ChipSerial", "printf('GROWNCHIP%07d', i)"));
        }

        SqliteConnection.ClearAllPools();
    }

    private static void Copy(SqliteConnection database, string table, string key, string original, int more, params (string Column, string Value)[] changed)
    {
        var columns = new List<string>();
        using (var asked = database.CreateCommand())
        {
            asked.CommandText = $"select name from pragma_table_info('{table}')";
            using var rows = asked.ExecuteReader();
            while (rows.Read()) columns.Add(rows.GetString(0));
        }

        (string Column, string Value)[] all = [("Id", "printf('01900000-0000-7000-8000-%012X', i)"), .. changed];
        var values = columns.Select(column => all.FirstOrDefault(change => change.Column == column).Value ?? $"o.\"{column}\"");
        using var copying = database.CreateCommand();
        copying.CommandTimeout = 0;
        copying.CommandText = $"with recursive n(i) as (values(1) union all select i + 1 from n where i < {more}) insert into {table} ({string.Join(',', columns.Select(column => $"\"{column}\""))}) select {string.Join(',', values)} from {table} o, n where o.\"{key}\" = {original}";
        copying.ExecuteNonQuery();
    }

    private static void Say(string text) => Console.WriteLine(text);
}
