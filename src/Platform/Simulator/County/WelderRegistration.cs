using System.Globalization;
using System.Text.Json.Nodes;
using Anlan.Simulator.Api;
using Anlan.Simulator.Rosters;

namespace Anlan.Simulator.County;

/// <summary>Enters one welder: person, employment, certificate, invitation, claim, and at last what makes some of them be refused.</summary>
internal sealed class WelderRegistration(CountyOffice office, AnlanClient visitor, TimeProvider time, string authority)
{
    private const int CertificateYears = 6;
    private const int ReviewYears = 3;

    public async Task<WelderEntry> EnterAsync(PlannedWelder welder, Guid enterprise, IReadOnlyList<string> machines, CancellationToken stop)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var person = LoadCounty.IdOf(await office.PostAsync("people", new JsonObject { ["name"] = welder.Name, ["identityNumber"] = welder.IdentityNumber }, stop));
        var employment = LoadCounty.IdOf(await office.PostAsync("employments", new JsonObject
        {
            ["person"] = person.ToString(),
            ["enterprise"] = enterprise.ToString(),
            ["kind"] = "permanent",
            ["from"] = Date(today.AddDays(-200)),
        }, stop));
        var number = "T" + welder.IdentityNumber;
        var certificate = LoadCounty.IdOf(await office.PostAsync("certificates", Certificate(person, number, welder.Standing, today), stop));

        var invitation = await office.PostAsync("invitations", new JsonObject { ["person"] = person.ToString() }, stop);
        var entry = new WelderEntry(welder.Name, welder.UserName, Secrets.Password(), Secrets.Pin(), welder.Standing, machines);
        await visitor.PostAsync("claims", new JsonObject
        {
            ["certificateNumber"] = number,
            ["code"] = (string?)invitation["code"],
            ["userName"] = entry.UserName,
            ["password"] = entry.Password,
            ["pin"] = entry.Pin,
        }, stop);
        if (welder.Standing == CountyPlan.Revoked) await office.PostAsync($"certificates/{certificate}/revoke", new JsonObject { ["reason"] = "demo" }, stop);
        if (welder.Standing == CountyPlan.Unbound) await office.PostAsync($"employments/{employment}/end", new JsonObject { ["reason"] = "demo" }, stop);
        return entry;
    }

    private static readonly DateOnly LastReview = new(2026, 5, 20);

    private JsonObject Certificate(Guid person, string number, string standing, DateOnly today)
    {
        var issued = standing switch
        {
            CountyPlan.Expired => today.AddYears(-CertificateYears).AddDays(-20),
            // Order 19 asks for no review that falls due from June 2026 on: only one due before can be overdue.
            CountyPlan.ReviewOverdue => (today.AddDays(-20) < LastReview ? today.AddDays(-20) : LastReview).AddYears(-ReviewYears),
            _ => today.AddYears(-1).AddDays(-40),
        };
        return new JsonObject
        {
            ["person"] = person.ToString(),
            ["number"] = number,
            ["category"] = "welding",
            ["subItem"] = "fusion",
            ["issuedOn"] = Date(issued),
            // Whoever's certificate has run out did come to the review before.
            ["reviewDueOn"] = Date(standing == CountyPlan.Expired ? issued.AddYears(CertificateYears) : issued.AddYears(ReviewYears)),
            ["expiresOn"] = Date(issued.AddYears(CertificateYears)),
            ["authority"] = authority,
        };
    }

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
