using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Imports;

/// <summary>One's own imports as a file.</summary>
internal sealed class ExportImports(ListImports list, ListForms forms, ListFile file, IStringLocalizer<Words> words)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/imports/export", (string? search, ExportImports slice, CancellationToken stop) => slice.RunAsync(search, stop))
            .RequirePermission(ImportsPermissions.Run).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).WithTags("Imports").WithSummary("Export the list of one's own imports");

    public Task<IResult> RunAsync(string? search, CancellationToken stop) =>
        file.OfAsync(
            "imports", "imports.exported", page => list.RunAsync(page with { Search = search }, stop), stop,
            (words["Imports.File"], row => row.FileName),
            (words["Imports.Form"], row => forms.Run().FirstOrDefault(form => form.Key == row.Kind)?.Title ?? row.Kind),
            (words["Imports.State"], row => words["Imports.State." + row.State]),
            (words["Imports.Rows"], row => row.Rows),
            (words["Imports.Effect.Created"], row => row.Created),
            (words["Imports.Effect.Updated"], row => row.Updated),
            (words["Imports.Effect.Refused"], row => row.Refused),
            (words["Imports.At"], row => row.UploadedAt));
}
