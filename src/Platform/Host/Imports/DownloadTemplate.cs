using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Import;

namespace Anlan.Host.Imports;

/// <summary>An empty file to fill in, in the reader's language.</summary>
internal sealed class DownloadTemplate(OwnForms own, SheetForms forms)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/imports/forms/{form}/template", (string form, string? format, DownloadTemplate slice) => slice.Run(form, format))
            .RequirePermission(ImportsPermissions.Run).Produces(StatusCodes.Status200OK, contentType: SheetWriter.XlsxType).ProducesProblem(StatusCodes.Status404NotFound)
            .Scoped(ScopedBy.Everybody).WithTags("Imports").WithSummary("Download an empty file to fill in: format xlsx (with a guide) or csv");

    public IResult Run(string key, string? format) => (own.Find(key), format ?? "xlsx") switch
    {
        (null, _) => OutcomeResults.ToProblem([new("ImportFormUnknown")]),
        ({ } form, "xlsx") => Results.File(SheetWriter.Template(forms, form), SheetWriter.XlsxType, form.Key + ".xlsx"),
        ({ } form, "csv") => Results.File(SheetWriter.CsvTemplate(forms, form), "text/csv; charset=utf-8", form.Key + ".csv"),
        _ => EnumQuery.NoSuchWord("format", format),
    };
}
