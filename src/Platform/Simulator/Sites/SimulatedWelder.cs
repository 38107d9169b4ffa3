using System.Text.Json.Nodes;
using Anlan.Simulator.Api;
using Anlan.Simulator.Chips;
using Anlan.Simulator.Rosters;

namespace Anlan.Simulator.Sites;

/// <summary>A welder with a phone: proves presence, starts a machine, works, stops, takes a break.</summary>
internal sealed class SimulatedWelder(WelderEntry entry, IReadOnlyDictionary<string, SimulatedChip> machines, string server, int seed, SiteBook book, TimeProvider time)
{
    public async Task RunAsync(CancellationToken stop)
    {
        var own = entry.Machines.Where(machines.ContainsKey).ToList();
        if (own.Count == 0) return;
        using var phone = new AnlanClient(server, entry.UserName, entry.Password);
        foreach (var stretch in WelderScript.Of(seed, entry.UserName))
        {
            await Task.Delay(stretch.After, time, stop);
            var code = own[(int)(stretch.Machine * own.Count)];
            if (machines[code].IsPowered) continue;
            try
            {
                if (await StartAsync(phone, code, stop)) await WorkAsync(phone, code, stretch, stop);
            }
            catch (ApiRefusedException refused)
            {
                book.Refused(refused.Codes);
            }
            catch (Exception failed) when (failed is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
            {
                book.Unanswered();
            }
        }
    }

    private async Task<bool> StartAsync(AnlanClient phone, string code, CancellationToken stop)
    {
        var proof = await phone.PostAsync("me/proof", new JsonObject { ["pin"] = entry.Pin }, stop);
        var answer = await phone.PostAsync($"machines/{code}/start", new JsonObject { ["proof"] = (string?)proof?["proof"], ["waitSeconds"] = 3 }, stop);
        if ((string?)answer?["state"] == "refused")
        {
            book.Refused([.. (answer["refusals"] as JsonArray ?? []).Select(refusal => (string?)refusal?["code"] ?? "?")]);
            return false;
        }

        book.Started();
        return true;
    }

    private async Task WorkAsync(AnlanClient phone, string code, Stretch stretch, CancellationToken stop)
    {
        await Task.Delay(stretch.Work, time, stop);
        if (stretch.Ending == Ending.Button) machines[code].PressStop();
        else if (stretch.Ending == Ending.Phone) await phone.PostAsync($"machines/{code}/stop", null, stop);
    }
}
