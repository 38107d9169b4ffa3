using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Operations.Backups;

/// <summary>The backups that lie in the folder, as a file.</summary>
internal sealed class ExportBackups(ListBackups list, ListFile file, IStringLocalizer<Words> words)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/backups/export", (string? search, ExportBackups slice, CancellationToken stop) => slice.RunAsync(search, stop))
            .RequirePermission(OperationsPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Installation).WithTags("Operations").WithSummary("Export the list of backups");

    public Task<IResult> RunAsync(string? search, CancellationToken stop) =>
        file.OfAsync(
            "backups", "operations.backups.exported", page => Task.FromResult(PageOf(list.Run(page with { Search = search }))), stop,
            (words["Backups.Column.At"], row => row.MadeAt),
            (words["Backups.Column.Name"], row => row.Name),
            (words["Backups.Column.Size"], row => row.Size),
            (words["Backups.Column.Log"], row => row.LogEntries),
            (words["Backups.Hash"], row => row.LogHash),
            (words["Backups.Column.Keys"], row => words[row.HasKeysApart ? "Backups.KeysApart" : "Backups.KeysInside"]));

    private static Page<ListBackups.Row> PageOf(ListBackups.Shown shown) => new(shown.Items, shown.Total);
}
