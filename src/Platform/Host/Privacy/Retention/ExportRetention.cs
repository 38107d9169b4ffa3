using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Privacy.Retention;

/// <summary>For how long each kind of records is kept, as a file.</summary>
internal sealed class ExportRetention(ListRetention list, ListFile file, IStringLocalizer<Words> words)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/retention/export", (ExportRetention slice, CancellationToken stop) => slice.RunAsync(stop))
            .RequirePermission(PrivacyPermissions.ViewRetention).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Installation).WithTags("Privacy").WithSummary("Export for how long each kind of records is kept");

    public async Task<IResult> RunAsync(CancellationToken stop) =>
        await file.OfAsync(
            "retention", "privacy.retention.exported", await list.RunAsync(stop), stop,
            (words["Retention.Kind"], row => words["Retention.Kind." + row.Kind]),
            (words["Retention.Term"], row => words["Retention.Days", row.Days]),
            (words["Retention.Rule"], row => string.Join(' ', row.Rules)),
            (words["Retention.Count"], row => row.Count),
            (words["Retention.Oldest"], row => row.Oldest),
            (words["Retention.Due"], row => row.Due),
            (words["Retention.LastRun"], row => row.LastRunAt));
}
