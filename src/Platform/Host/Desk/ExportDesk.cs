using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Desk;

/// <summary>What waits for the reader, as a file.</summary>
internal sealed class ExportDesk(ShowDesk list, ListFile file, IStringLocalizer<Words> words)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/desk/export", (string? search, DateOnly? on, ExportDesk slice, CancellationToken stop) => slice.RunAsync(search, on, stop))
            .RequirePermission(DeskPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).ShowsPeople().WithTags("Desk").WithSummary("Export what waits for whoever asks");

    public Task<IResult> RunAsync(string? search, DateOnly? on, CancellationToken stop) =>
        file.OfAsync(
            "tasks", "desk.exported", async page => PageOf(await list.RunAsync(page with { Search = search }, on, stop)), stop,
            (words["Desk.Due"], row => words["Desk.Group." + row.Group]),
            (words["Desk.Day"], row => row.Due),
            (words["Desk.What"], row => row.What),
            (words["Desk.Why"], row => row.Why),
            (words["Retention.Rule"], row => row.Rule));

    private static Page<ShowDesk.Row> PageOf(ShowDesk.Shown shown) => new(shown.Items, shown.Total);
}
