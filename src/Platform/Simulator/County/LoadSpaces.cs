using System.Globalization;
using System.Text.Json.Nodes;

namespace Anlan.Simulator.County;

/// <summary>Enters the confined spaces of a county; their numbers are counted by the server.</summary>
internal sealed class LoadSpaces(CountyOffice office, TimeProvider time)
{
    public async Task RunAsync(IReadOnlyList<PlannedSpace> spaces, CountyPlan plan, CancellationToken stop)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        foreach (var space in spaces)
        {
            var enterprise = plan.Enterprises[space.Enterprise];
            var found = (await office.GetAsync($"enterprises?search={enterprise.CreditCode}", stop))!["items"]![0]!;
            var responsible = space.HasResponsible ? plan.Welders.First(welder => welder.Enterprise == space.Enterprise).IdentityNumber : null;
            await office.PostAsync("spaces", Body(space, enterprise, LoadCounty.IdOf(found), responsible, today.AddDays(-space.ReviewedDaysAgo)), stop);
        }
    }

    private static JsonObject Body(PlannedSpace space, PlannedEnterprise enterprise, Guid id, string? responsible, DateOnly reviewed) => new()
    {
        ["name"] = space.What.Name,
        ["kind"] = space.What.Kind,
        ["hazards"] = new JsonArray([.. space.What.Hazards.Select(hazard => (JsonNode)hazard)]),
        ["enterprise"] = id.ToString(),
        ["division"] = enterprise.Town.Code,
        ["site"] = space.What.Site,
        ["latitude"] = space.Latitude,
        ["longitude"] = space.Longitude,
        ["datum"] = "wgs84",
        ["volume"] = space.What.Volume,
        ["depth"] = space.What.Depth,
        ["opening"] = space.What.Opening,
        ["risk"] = space.What.Risk,
        ["isCatalogued"] = space.What.Kind == "sewagePool",
        ["access"] = space.Access,
        ["hasNoticeBoard"] = space.HasNoticeBoard,
        ["responsibleIdentityNumber"] = responsible,
        ["lastReviewedOn"] = reviewed.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["isInUse"] = space.IsInUse,
    };
}
