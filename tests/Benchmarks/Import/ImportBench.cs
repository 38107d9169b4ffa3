using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Anlan.Benchmarks.Interlock;
using Anlan.Simulator.County;

namespace Anlan.Benchmarks.Import;

/// <summary>
/// How fast a large file of enterprises gets in by the public door: upload, every cell checked, the whole file checked against what is there, every record written with its audit and with what an
/// undo needs, the server's memory brought up to date. Beside it a bare bulk insert of the very same rows into the very same table. Of three rounds the middle one counts.
/// </summary>
internal static class ImportBench
{
    private const string Town = "330521001";
    private const int WarmRows = 2_000;
    private const int Rounds = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static Command Command()
    {
        var rows = new Option<int>("--rows") { Description = "Rows of the file.", DefaultValueFactory = _ => 100_000 };
        var command = new Command("import", "Rows a second of an import, beside a bare bulk insert of the same rows.") { rows };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(rows), stop));
        return command;
    }

    private static async Task<int> RunAsync(int rows, CancellationToken stop)
    {
        using var data = new TemporaryFolder();
        await SeededCounty.MakeAsync(data.Path, [new BenchMachine(0) { HasWelder = false }], stop);
        await using var server = HostProcess.Start(data.Path, [.. SeededCounty.Settings, "--Anlan:Demo=true"]);
        await server.UntilReadyAsync(TimeSpan.FromSeconds(60), stop);
        using var bureau = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri($"http://127.0.0.1:{server.HttpPort}/api/v1/"), Timeout = Longest };
        (await bureau.PostAsJsonAsync("sign-in", new { userName = SeededCounty.Bureau, password = SeededCounty.Password }, stop)).EnsureSuccessStatusCode();
        // A small one first: the measured ones shall not pay for what a server compiles once.
        await ImportAsync(bureau, FileOf(WarmRows, 0), stop);
        List<Round> rounds = [];
        for (var number = 1; number <= Rounds; number++) rounds.Add(await MeasureAsync(server, bureau, data.Path, FileOf(rows, number), rows, stop));

        var middle = rounds.OrderBy(round => round.Rate / round.Bare).ElementAt(Rounds / 2);
        new BenchReport("import", "rows/s").With("value", middle.Rate).Against(middle.Bare).With("baseline_without_indexes", middle.Plain).With("checked_s", middle.Checked).With("seconds", rows / middle.Rate)
            .With("rounds", Rounds).With("rss_mb", server.ResidentMegabytes).Print();
        return 0;
    }

    // The same rows in both ways, one right after the other: a machine is not as quick at every moment.
    private static async Task<Round> MeasureAsync(HostProcess server, HttpClient bureau, string folder, byte[] file, int rows, CancellationToken stop)
    {
        var from = Stopwatch.GetTimestamp();
        var seconds = await ImportAsync(bureau, file, stop);
        var rate = rows / Stopwatch.GetElapsedTime(from).TotalSeconds;
        var (bare, plain) = SameRows.Insert(Path.Combine(folder, "main.db"), folder, rows);
        Say($"{rows} rows imported at {rate:F0} a second, checked after {seconds:F1} s; bare {bare:F0} a second; {server.ResidentMegabytes:F0} MB resident");
        return new Round(rate, bare, plain, seconds);
    }

    // Seconds until it was checked.
    private static async Task<double> ImportAsync(HttpClient bureau, byte[] file, CancellationToken stop)
    {
        var from = Stopwatch.GetTimestamp();
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new("text/csv") } };
        using var uploaded = await bureau.PostAsync("imports/forms/enterprises?name=bench.csv", content, stop);
        if (!uploaded.IsSuccessStatusCode) throw new InvalidOperationException(await uploaded.Content.ReadAsStringAsync(stop));
        var id = (await uploaded.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("id").GetString()!;
        await UntilAsync(bureau, id, "checked", stop);
        var seconds = Stopwatch.GetElapsedTime(from).TotalSeconds;
        (await bureau.PostAsJsonAsync($"imports/{id}/apply", new { goodRowsOnly = false }, stop)).EnsureSuccessStatusCode();
        await UntilAsync(bureau, id, "applied", stop);
        return seconds;
    }

    private static Task UntilAsync(HttpClient bureau, string id, string state, CancellationToken stop) => Waiting.UntilAsync(
        async () =>
        {
            var shown = await bureau.GetFromJsonAsync<JsonElement>($"imports/{id}", stop);
            if (shown.GetProperty("isRunning").GetBoolean()) return false;
            var import = shown.GetProperty("import");
            if (import.GetProperty("state").GetString() != state || import.GetProperty("refused").GetInt32() > 0) throw new InvalidOperationException(shown.ToString());
            return true;
        },
        Longest, $"the import is {state}", stop: stop);

    private static byte[] FileOf(int rows, int number)
    {
        var (dice, codes, text) = (new Random(number), new HashSet<string>(StringComparer.Ordinal), new StringBuilder("name,creditCode,kind,division,address\n"));
        while (codes.Count < rows)
        {
            var code = InventedNumbers.CreditCode(dice, InventedNumbers.NoPlace);
            if (codes.Add(code)) text.Append("Works number ").Append(codes.Count).Append(',').Append(code).Append(",company,").Append(Town).Append(",Demo Road ").Append(dice.Next(999)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private sealed record Round(double Rate, double Bare, double Plain, double Checked);

    private static void Say(string text) => Console.Error.WriteLine(text);
}
