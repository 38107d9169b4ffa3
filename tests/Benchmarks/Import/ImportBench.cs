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
/// undo needs, the server's memory brought up to date. Beside it a bare bulk insert of the very same rows into the very same table.
/// </summary>
internal static class ImportBench
{
    private const string Town = "330521001";
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
        var file = Encoding.UTF8.GetBytes(FileOf(rows));
        Say($"A file of {rows} rows, {file.Length / 1024 / 1024} MB");
        double checkedSeconds, seconds, resident;
        await using (var server = HostProcess.Start(data.Path, [.. SeededCounty.Settings, "--Anlan:Demo=true"]))
        {
            await server.UntilReadyAsync(TimeSpan.FromSeconds(60), stop);
            using var bureau = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri($"http://127.0.0.1:{server.HttpPort}/api/v1/"), Timeout = Longest };
            (await bureau.PostAsJsonAsync("sign-in", new { userName = SeededCounty.Bureau, password = SeededCounty.Password }, stop)).EnsureSuccessStatusCode();
            // A small one first: the measured one shall not pay for what a server compiles once.
            await ImportAsync(bureau, Encoding.UTF8.GetBytes(FileOf(2_000)), stop);
            var from = Stopwatch.GetTimestamp();
            checkedSeconds = await ImportAsync(bureau, file, stop);
            seconds = Stopwatch.GetElapsedTime(from).TotalSeconds;
            resident = server.ResidentMegabytes;
        }

        Say($"Imported after {seconds:F1} s, of which {checkedSeconds:F1} s until it was checked; {resident:F0} MB resident");
        var (bare, plain) = SameRows.Insert(Path.Combine(data.Path, "main.db"), data.Path, rows);
        new BenchReport("import", "rows/s").With("value", rows / seconds).Against(bare).With("baseline_without_indexes", plain).With("checked_s", checkedSeconds).With("seconds", seconds).With("rss_mb", resident).Print();
        return 0;
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

    private static async Task UntilAsync(HttpClient bureau, string id, string state, CancellationToken stop)
    {
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < Longest; await Task.Delay(50, stop))
        {
            var shown = await bureau.GetFromJsonAsync<JsonElement>($"imports/{id}", stop);
            if (shown.GetProperty("isRunning").GetBoolean()) continue;
            var import = shown.GetProperty("import");
            if (import.GetProperty("state").GetString() != state || import.GetProperty("refused").GetInt32() > 0) throw new InvalidOperationException(shown.ToString());
            return;
        }

        throw new TimeoutException($"The import is not {state}.");
    }

    private static string FileOf(int rows)
    {
        var (dice, codes, text) = (new Random(rows), new HashSet<string>(StringComparer.Ordinal), new StringBuilder("name,creditCode,kind,division,address\n"));
        while (codes.Count < rows)
        {
            var code = InventedNumbers.CreditCode(dice, InventedNumbers.NoPlace);
            if (codes.Add(code)) text.Append("Works number ").Append(codes.Count).Append(',').Append(code).Append(",company,").Append(Town).Append(",Demo Road ").Append(dice.Next(999)).Append('\n');
        }

        return text.ToString();
    }

    private static void Say(string text) => Console.Error.WriteLine(text);
}
