using System.Globalization;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Welding.Fitting;
using Anlan.Welding.Machines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Labels;

/// <summary>Labels of many machines as sheets to print; scrapped machines need none.</summary>
internal sealed class PrintLabels(WeldingDb db, ListFittings list, DrawLabel labels, LabelFont font, CityCalendar calendar)
{
    /// <summary>As many labels one file holds at most.</summary>
    public const int Most = 2_000;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/labels", async (string? search, string? state, bool? missing, string? division, Guid? enterprise, HttpRequest request, PrintLabels slice, CancellationToken stop) =>
                EnumQuery.TryRead<FittingState>(state, out var wanted)
                    ? await slice.RunAsync(search, new FittingFilter(wanted, missing == true, division, enterprise), $"{request.Scheme}://{request.Host}{request.PathBase}", stop)
                    : EnumQuery.NoSuchWord("state", state))
            .RequirePermission(WeldingPermissions.View).Produces(StatusCodes.Status200OK, contentType: "application/pdf").ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Records).WithTags("Machines")
            .WithSummary("Labels of many machines as PDF, nine to a sheet of A4; the filters of the list of fittings");

    public async Task<IResult> RunAsync(string? search, FittingFilter filter, string? reader, CancellationToken stop)
    {
        var found = list.Find(new PageRequest(Search: search).Term, filter).Where(machine => machine.ScrapReason is null).ToList();
        if (found.Count == 0) return OutcomeResults.ToProblem([new Refusal("LabelsNone")]);
        if (found.Count > Most) return OutcomeResults.ToProblem([new Refusal("LabelsTooMany") { Measured = FactValue.Count(found.Count), Limit = FactValue.Count(Most) }]);
        if (font.Typeface is not { } typeface) return OutcomeResults.ToProblem([new Refusal("LabelFontMissing")]);
        db.Context.Audit("welding.labels.printed", "machines", new { labels = found.Count });
        await db.Context.SaveAsync(stop);
        var sheets = LabelSheet.Draw([.. found.OrderBy(machine => machine.Code, StringComparer.Ordinal).Select(machine => labels.LabelOf(machine, reader))], typeface);
        return Results.File(sheets, "application/pdf", $"labels-{calendar.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.pdf");
    }
}
