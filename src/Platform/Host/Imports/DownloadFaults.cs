using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Import;
using Anlan.Toolkit.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Imports;

/// <summary>The faulty rows as they were uploaded, each with its reasons; for whoever uploaded them, and on record.</summary>
internal sealed class DownloadFaults(OwnRun own, ImportDesk desk, SheetForms forms, RefusalWords words, IStringLocalizer<Words> say, AnlanDb db, CityCalendar calendar)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/imports/{importRun:guid}/faults/file", (Guid importRun, DownloadFaults slice, CancellationToken stop) => slice.RunAsync(importRun, stop))
            .RequirePermission(ImportsPermissions.Run).Produces(StatusCodes.Status200OK, contentType: SheetWriter.XlsxType).ProducesProblem(StatusCodes.Status404NotFound)
            .Scoped(ScopedBy.Records).WithTags("Imports").WithSummary("Download the faulty rows of an import with their reasons, to mend and upload again");

    public async Task<IResult> RunAsync(Guid id, CancellationToken stop)
    {
        if (await own.All.SingleOrDefaultAsync(r => r.Id == id, stop) is not { } run || forms.Find(run.Kind) is not { } form) return OutcomeResults.ToProblem([new("ImportUnknown")]);
        var file = await desk.MendableAsync(run, fault => fault.Column is { } column ? say["Imports.Fault.Told", forms.Header(form, column), ListFaults.Say(fault, words, calendar)] : ListFaults.Say(fault, words, calendar), stop);
        db.Audit("imports.faults.exported", $"import/{id}", new { kind = run.Kind, refused = run.Refused });
        await db.SaveAsync(stop);
        return Results.File(file, SheetWriter.XlsxType, $"{run.Kind}-{calendar.Today:yyyy-MM-dd}-faults.xlsx");
    }
}
