using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Benchmarks;
using Anlan.Benchmarks.Failover;
using Anlan.Benchmarks.Interlock;
using Anlan.EndToEnd.Running;
using Anlan.Simulator.Chips;

namespace Anlan.EndToEnd.Durability;

/// <summary>
/// The file system under the data folder is really full: whatever SQLite, the runtime and the kernel make of it. New starts are refused and say why, what runs keeps its power, nothing is written by half, and with room
/// it works again without a restart.
/// </summary>
public sealed class FullDiskTests(ITestOutputHelper output)
{
    private const int Megabytes = 64;
    private const int MostStarts = 200;
    private static readonly string[] Outages = ["LogUnavailable", "StoreUnavailable"];

    [Fact]
    public async Task A_full_disk_refuses_new_starts_keeps_what_runs_loses_nothing_and_recovers_by_itself()
    {
        await using var disk = await SmallDisk.MakeAsync(Megabytes);
        var machines = Enumerable.Range(0, 2).Select(number => new BenchMachine(number)).ToList();
        var trusted = await SeedAsync(disk, machines);
        await using var server = await RunningServer.StartThroughAsync(disk.Into, demo: true, disk.Folder, [.. SeededCounty.Settings, "--Anlan:Evidence:HeadInterval=00:00:01"]);
        await SignIns.RunAsync(server.Url.Port, machines, CancellationToken.None);
        var ledger = new Ledger();
        using var over = new CancellationTokenSource();
        var chips = machines.ConvertAll(machine => QuietChips.Of(machine, trusted, server.MqttPort, ledger.Acknowledged));
        var lives = chips.ConvertAll(chip => chip.RunAsync(over.Token));
        await UntilAsync(server, () => chips.TrueForAll(chip => chip.IsOnline && chip.Ask((logic, now) => logic.Pending.Count == 0 && logic.IsClockTrusted(now))), "chips on-line");
        var phone = new Phone(server.Http, ledger);
        var session = await phone.StartAsync(machines[0]);
        Assert.NotNull(session.Powered);

        disk.Fill();
        var refused = await UntilRefusedAsync(phone, machines[1], disk);
        using var health = await server.Http.GetAsync(new Uri("/health/ready", UriKind.Relative));

        output.WriteLine($"The first refusal: {refused}");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.True(refused.HasRetryAfter);
        Assert.Contains(refused.Code, Outages);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal([true, false], chips.ConvertAll(chip => chip.IsPowered));

        disk.MakeRoom();
        await UntilAsync(server, () => chips.TrueForAll(chip => chip.IsOnline), "chips on-line again");
        await UntilReadyAsync(server);
        Assert.Equal(session.Powered, chips[0].Ask((logic, _) => logic.Session));
        Assert.NotNull((await UntilStartedAsync(phone, machines[1])).Powered);
        Assert.Equal(session.Powered, await phone.StopAsync(machines[0]));
        await UntilAsync(server, () => !chips[0].IsPowered && chips.TrueForAll(chip => chip.Ask((logic, _) => logic.Pending.Count == 0)), "the stop");
        var (code, verified) = await RunningProgram.RunThroughAsync(disk.Into, "Host", "verify", $"--Anlan:Data={disk.Folder.FullName}");
        Assert.True(code == 0, verified);
        output.WriteLine(verified);

        await server.KillAsync();
        AssertToldIsLogged(disk, ledger);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(lives));
        chips.ForEach(chip => chip.Dispose());
    }

    private static async Task<IReadOnlyList<byte[]>> SeedAsync(SmallDisk disk, IReadOnlyList<BenchMachine> machines)
    {
        var seed = Directory.CreateTempSubdirectory("anlan-end-to-end-");
        var trusted = await SeededCounty.MakeAsync(seed.FullName, machines, CancellationToken.None);
        disk.Take(seed);
        seed.Delete(recursive: true);
        return trusted;
    }

    // What was written ahead of the disk's end may still be written over: the first starts may succeed, and are stopped again.
    private static async Task<Phone.Answer> UntilRefusedAsync(Phone phone, BenchMachine machine, SmallDisk disk)
    {
        for (var attempt = 0; attempt < MostStarts; attempt++)
        {
            var answer = await phone.StartAsync(machine);
            if (answer.Status != HttpStatusCode.OK) return answer;
            await phone.StopAsync(machine);
            disk.Fill();
        }

        throw new InvalidOperationException($"{MostStarts} starts on a full disk.");
    }

    private static async Task<Phone.Answer> UntilStartedAsync(Phone phone, BenchMachine machine)
    {
        Phone.Answer? answer = null;
        await Waiting.UntilAsync(async () => (answer = await phone.StartAsync(machine)).Powered is not null, TimeSpan.FromSeconds(60), "a start with room", pause: TimeSpan.FromMilliseconds(200), seen: () => $"{answer}");
        return answer!;
    }

    private static void AssertToldIsLogged(SmallDisk disk, Ledger ledger)
    {
        var copy = Directory.CreateTempSubdirectory("anlan-end-to-end-");
        disk.GiveTo(copy);
        var log = ReadLog.OfFiles(copy.FullName);
        log.GoOn();
        Assert.All(ledger.Lines, line => Assert.Equal((line, 1), (line, log.CountOf(line))));
        copy.Delete(recursive: true);
    }

    private static async Task UntilReadyAsync(RunningServer server)
    {
        var said = "";
        await Waiting.UntilAsync(
            async () =>
            {
                using var answer = await server.Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                said = await answer.Content.ReadAsStringAsync();
                return answer.IsSuccessStatusCode;
            },
            TimeSpan.FromSeconds(60), "ready with room", seen: () => $"{said}\n{server.Output}");
    }

    private static Task UntilAsync(RunningServer server, Func<bool> condition, string what) => Waiting.UntilAsync(condition, TimeSpan.FromSeconds(90), what, seen: () => server.Output);

    /// <summary>A welder's phone that writes down what it is told.</summary>
    private sealed class Phone(HttpClient http, Ledger ledger)
    {
        /// <param name="Status">Of the answer.</param>
        /// <param name="Powered">The session, once its machine has power.</param>
        /// <param name="Code">Of the first refusal.</param>
        /// <param name="HasRetryAfter">True when it says when to ask again.</param>
        public sealed record Answer(HttpStatusCode Status, Guid? Powered, string? Code, bool HasRetryAfter);

        public async Task<Answer> StartAsync(BenchMachine machine)
        {
            using var answer = await PostAsync(machine, "start", new { proof = machine.Proof, waitSeconds = 5 });
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            if (answer.StatusCode != HttpStatusCode.OK) return new Answer(answer.StatusCode, null, body.GetProperty("refusals")[0].GetProperty("code").GetString(), answer.Headers.RetryAfter is not null);
            var session = body.GetProperty("session").GetGuid();
            ledger.Granted(body.GetProperty("decision").GetGuid(), session);
            if (body.GetProperty("state").GetString() != "powered") return new Answer(answer.StatusCode, null, null, false);
            ledger.Powered(session);
            return new Answer(answer.StatusCode, session, null, false);
        }

        /// <summary>The session that ends, or null when the server could not write it down.</summary>
        public async Task<Guid?> StopAsync(BenchMachine machine)
        {
            using var answer = await PostAsync(machine, "stop", new { });
            if (answer.StatusCode != HttpStatusCode.OK) return null;
            var session = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("session").GetGuid();
            ledger.Stopped(session);
            return session;
        }

        private async Task<HttpResponseMessage> PostAsync(BenchMachine machine, string act, object body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/v1/machines/{machine.Code}/{act}", UriKind.Relative)) { Content = JsonContent.Create(body), Headers = { { "Cookie", machine.Cookie } } };
            return await http.SendAsync(request);
        }
    }
}
