using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Benchmarks.Interlock;

namespace Anlan.Benchmarks.Failover;

/// <summary>A welder who starts and stops the own machine without a break and writes down every answer.</summary>
internal sealed class RestlessWelder(BenchMachine machine, HttpClient http, IDiary diary)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentQueue<(long Asked, long Done)> _successes = new();

    /// <summary>How often the machine had power.</summary>
    public int Successes => _successes.Count;

    /// <summary>How long a start waits for the chip.</summary>
    public int WaitSeconds { get; init; } = 5;

    /// <summary>How long the welder waits between a stop and the next start.</summary>
    public TimeSpan Rest { get; init; }

    /// <summary>When the first start had power that was asked for at or after a moment, as timestamps; null = none yet.</summary>
    public long? FirstAfter(long moment) => _successes.Where(success => success.Asked >= moment).Select(success => (long?)success.Done).FirstOrDefault();

    /// <summary>Goes on until stopped; a server that is away is asked again.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await StartAsync()) await StopAsync();
                if (Rest > TimeSpan.Zero) await Task.Delay(Rest, CancellationToken.None);
            }
            catch (Exception lost) when (lost is HttpRequestException or IOException or TaskCanceledException)
            {
                // Nobody answered, so nothing was told.
                diary.Failed(lost.Message);
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    /// <summary>True when there is something to stop.</summary>
    private async Task<bool> StartAsync()
    {
        var asked = Stopwatch.GetTimestamp();
        if (await PostAsync($"api/v1/machines/{machine.Code}/start", new { proof = machine.Proof, waitSeconds = WaitSeconds }) is not var (status, answer)) return false;
        if (status == HttpStatusCode.OK)
        {
            var session = answer.GetProperty("session").GetGuid();
            diary.Granted(answer.GetProperty("decision").GetGuid(), session);
            if (answer.GetProperty("state").GetString() is not "powered" and var state)
            {
                diary.Failed($"start: {state}");
                return true;
            }

            diary.Powered(session);
            _successes.Enqueue((asked, Stopwatch.GetTimestamp()));
            return true;
        }

        var codes = answer.GetProperty("refusals").EnumerateArray().Select(refusal => refusal.GetProperty("code").GetString()).ToList();
        if (codes.Contains("ProofTooOld")) await ProveAsync();
        else diary.Failed($"start: {string.Join(", ", codes)}");
        return codes.Contains("MachineInUse");
    }

    private async Task ProveAsync()
    {
        if (await PostAsync("api/v1/me/proof", new { SeededCounty.Pin }) is (HttpStatusCode.OK, var answer)) machine.Proof = answer.GetProperty("proof").GetString()!;
    }

    private async Task StopAsync()
    {
        if (await PostAsync($"api/v1/machines/{machine.Code}/stop", new { }) is (HttpStatusCode.OK, var answer)) diary.Stopped(answer.GetProperty("session").GetGuid());
    }

    /// <summary>Null when the server could not answer.</summary>
    private async Task<(HttpStatusCode Status, JsonElement Answer)?> PostAsync(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body), Headers = { { "Cookie", machine.Cookie } } };
        using var flight = diary.Leave();
        using var answer = await http.SendAsync(request, CancellationToken.None);
        if ((int)answer.StatusCode < 500) return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
        diary.Failed($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        await Task.Delay(Pause, CancellationToken.None);
        return null;
    }
}
