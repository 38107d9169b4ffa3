using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Benchmarks.Interlock;

namespace Anlan.EndToEnd.Durability;

/// <summary>A welder who starts and stops the own machine without a break and writes down every answer.</summary>
internal sealed class RestlessWelder(BenchMachine machine, HttpClient http, Ledger ledger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>How often the machine had power.</summary>
    public int Successes { get; private set; }

    /// <summary>Goes on until stopped; a server that is away is asked again.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await StartAsync()) await StopAsync();
            }
            catch (Exception lost) when (lost is HttpRequestException or IOException or TaskCanceledException)
            {
                // Nobody answered, so nothing was told.
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    /// <summary>True when there is something to stop.</summary>
    private async Task<bool> StartAsync()
    {
        var (status, answer) = await PostAsync($"api/v1/machines/{machine.Code}/start", new { proof = machine.Proof, waitSeconds = 5 });
        if (status == HttpStatusCode.OK)
        {
            var session = answer.GetProperty("session").GetGuid();
            ledger.Granted(answer.GetProperty("decision").GetGuid(), session);
            if (answer.GetProperty("state").GetString() != "powered") return true;
            ledger.Powered(session);
            Successes++;
            return true;
        }

        var codes = answer.GetProperty("refusals").EnumerateArray().Select(refusal => refusal.GetProperty("code").GetString()).ToList();
        if (codes.Contains("ProofTooOld")) await ProveAsync();
        return codes.Contains("MachineInUse");
    }

    private async Task ProveAsync()
    {
        var (status, answer) = await PostAsync("api/v1/me/proof", new { SeededCounty.Pin });
        if (status == HttpStatusCode.OK) machine.Proof = answer.GetProperty("proof").GetString()!;
    }

    private async Task StopAsync()
    {
        var (status, answer) = await PostAsync($"api/v1/machines/{machine.Code}/stop", new { });
        if (status == HttpStatusCode.OK) ledger.Stopped(answer.GetProperty("session").GetGuid());
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body), Headers = { { "Cookie", machine.Cookie } } };
        using var flight = ledger.Leave();
        using var answer = await http.SendAsync(request, CancellationToken.None);
        Assert.True((int)answer.StatusCode < 500, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }
}
