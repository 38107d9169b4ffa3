using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Operations.Events;

/// <summary>Events that wait or were put aside, as a file.</summary>
internal sealed class ExportEvents(ListEvents list, ListFile file, IStringLocalizer<Words> words)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/events/export", (string? state, string? search, ExportEvents slice, CancellationToken stop) => slice.RunAsync(state, search, stop))
            .RequirePermission(OperationsPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Installation).WithTags("Operations").WithSummary("Export events that wait or were put aside");

    public Task<IResult> RunAsync(string? state, string? search, CancellationToken stop) =>
        file.OfAsync(
            "events", "operations.events.exported", page => list.RunAsync(state, page with { Search = search }, stop), stop,
            (words["Events.Column.At"], row => row.At),
            (words["Events.Column.Type"], row => row.Type),
            (words["Events.Subject"], row => row.Subject),
            (words["Events.Column.State"], row => words["Events.State." + row.State]),
            (words["Messages.AttemptCount"], row => row.Attempts),
            (words["Events.Column.Error"], row => row.LastError));
}
