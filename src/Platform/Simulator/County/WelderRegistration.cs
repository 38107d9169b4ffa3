using System.Text.Json.Nodes;
using Anlan.Simulator.Api;
using Anlan.Simulator.Rosters;

namespace Anlan.Simulator.County;

/// <summary>Lets one welder of the imported files sign in: invitation, claim, and at last what makes some of them be refused.</summary>
internal sealed class WelderRegistration(CountyOffice office, AnlanClient visitor)
{
    public async Task<WelderEntry> InviteAsync(PlannedWelder welder, IReadOnlyList<string> machines, CancellationToken stop)
    {
        var person = await FirstAsync($"people?search={welder.IdentityNumber}", stop);
        var invitation = await office.PostAsync("invitations", new JsonObject { ["person"] = person }, stop);
        var entry = new WelderEntry(welder.Name, welder.UserName, Secrets.Password(), Secrets.Pin(), welder.Standing, machines);
        await visitor.PostAsync("claims", new JsonObject
        {
            ["certificateNumber"] = CountyFiles.CertificateNumber(welder),
            ["code"] = (string?)invitation["code"],
            ["userName"] = entry.UserName,
            ["password"] = entry.Password,
            ["pin"] = entry.Pin,
        }, stop);
        if (welder.Standing == CountyPlan.Revoked) await office.PostAsync($"certificates/{await FirstAsync($"certificates?person={person}", stop)}/revoke", new JsonObject { ["reason"] = "demo" }, stop);
        if (welder.Standing == CountyPlan.Unbound) await office.PostAsync($"employments/{await FirstAsync($"employments?person={person}", stop)}/end", new JsonObject { ["reason"] = "demo" }, stop);
        return entry;
    }

    private async Task<string> FirstAsync(string path, CancellationToken stop) =>
        (await office.GetAsync(path, stop))?["items"] is JsonArray { Count: > 0 } items ? (string)items[0]!["id"]! : throw new InvalidDataException($"{path} finds nobody.");
}
