using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Privacy.Retention;

/// <summary>Holds in force as a file; names of people masked.</summary>
internal sealed class ExportHolds(ListHolds list, ListFile file, IStringLocalizer<Words> words)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/holds/export", (ExportHolds slice, CancellationToken stop) => slice.RunAsync(stop))
            .RequirePermission(PrivacyPermissions.ViewRetention).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Installation).ShowsPeople().WithTags("Privacy").WithSummary("Export the holds in force");

    public Task<IResult> RunAsync(CancellationToken stop) =>
        file.OfAsync(
            "holds", "privacy.holds.exported", page => list.RunAsync(page, stop), stop,
            (words["Holds.Subject"], row => row.Name),
            (words["Access.Reason"], row => row.Reason),
            (words["Holds.Since"], row => row.SetAt));
}
