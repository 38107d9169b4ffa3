using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Anlan.Welding.Machines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Welding.Sessions;

/// <summary>Everything that happened at a machine as a file, newest first; names masked.</summary>
internal sealed class ExportTimeline(ShowTimeline list, ListFile file, IStringLocalizer<Words> words)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/machines/{code}/events/export", (string code, ExportTimeline slice, CancellationToken stop) => slice.RunAsync(code, stop))
            .RequirePermission(WeldingPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Welding").WithSummary("Export the timeline of a machine");

    public async Task<IResult> RunAsync(string code, CancellationToken stop)
    {
        var first = await list.RunAsync(code, new PageRequest(1, 1), stop);
        if (!first.IsDone) return OutcomeResults.ToProblem(first.Refusals);
        return await file.OfAsync(
            "timeline", "welding.timeline.exported", async page => (await list.RunAsync(code, page, stop)).Value!, stop,
            (words["Csv.Time"], line => line.At),
            (words["Csv.Event"], line => words["Event." + line.Kind]),
            (words["Csv.Reason"], line => MachinePage.SayEnd(words, line.Reason)),
            (words["Csv.Welder"], line => line.PersonName),
            (words["Csv.Value"], line => line.Value),
            (words["Csv.Position"], line => line.Seq));
    }
}
