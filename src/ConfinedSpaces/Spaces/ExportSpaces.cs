using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>The ledger as a file, as filtered, in the reader's language; who took it is on record. It names nobody.</summary>
internal sealed class ExportSpaces(ListSpaces list, ListFile file, IStringLocalizer<Words> words)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/spaces/export", async (string? search, string? sort, string? state, string? kind, string? risk, string? gap, string? division, Guid? enterprise, ExportSpaces slice, CancellationToken stop) =>
                ListSpaces.Filter.Read(state, kind, risk, gap, division, enterprise) is { IsDone: true } filter
                    ? await slice.RunAsync(new PageRequest(1, 1, search, sort), filter.Value, stop)
                    : OutcomeResults.ToProblem(ListSpaces.Filter.Read(state, kind, risk, gap, division, enterprise).Refusals))
            .RequirePermission(ConfinedSpacesPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records)
            .WithTags("Confined spaces").WithSummary("Export the ledger of confined spaces");

    public Task<IResult> RunAsync(PageRequest request, ListSpaces.Filter filter, CancellationToken stop) => file.OfAsync(
        "spaces", "spaces.exported", page => Task.FromResult(list.Run(request with { Number = page.Number, Size = page.Size }, filter)), stop,
        (words["Field.Code"], row => row.Code), (words["Field.Name"], row => row.Name), (words["Field.Kind"], row => words["Kind." + row.Kind].Value),
        (words["Field.Hazards"], row => string.Join("; ", row.Hazards.Select(hazard => words["Hazard." + hazard].Value))), (words["Field.Enterprise"], row => row.EnterpriseName),
        (words["Field.Division"], row => row.DivisionName), (words["Field.Site"], row => row.Site), (words["Field.Latitude"], row => row.Latitude), (words["Field.Longitude"], row => row.Longitude),
        (words["Field.Risk"], row => words["Risk." + row.Risk].Value), (words["Field.IsCatalogued"], row => words[row.IsCatalogued ? "Yes" : "No"].Value), (words["Field.Access"], row => words["Access." + row.Access].Value),
        (words["Field.HasNoticeBoard"], row => words[row.HasNoticeBoard ? "Yes" : "No"].Value), (words["Field.LastReviewedOn"], row => row.LastReviewedOn), (words["Field.ReviewDueOn"], row => row.ReviewDueOn),
        (words["Field.State"], row => words["State." + row.State].Value), (words["Field.Gaps"], row => string.Join("; ", row.Gaps.Select(gap => words["Gap." + gap].Value))));
}
