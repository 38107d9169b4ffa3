using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Import;
using Anlan.Toolkit.Ui;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Imports;

/// <summary>What is wrong with rows, in the reader's language; what names people is masked here and stands in the file only.</summary>
internal sealed class ListFaults(OwnRun own, ImportDesk desk, SheetForms forms, RefusalWords words, CityCalendar calendar)
{
    public sealed record Row(int Number, string? Column, string? Value, string Reason, string Code);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/imports/{importRun:guid}/faults", (Guid importRun, ListFaults slice, CancellationToken stop, int page = 1, int size = 50) => slice.RunAsync(importRun, new PageRequest(page, size), stop).ToHttpAsync())
            .RequirePermission(ImportsPermissions.Run).Produces<Page<Row>>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Imports").WithSummary("List what is wrong with an import's rows; personal values masked");

    public async Task<Outcome<Page<Row>>> RunAsync(Guid id, PageRequest request, CancellationToken stop)
    {
        if (await own.All.SingleOrDefaultAsync(r => r.Id == id, stop) is not { } run || forms.Find(run.Kind) is not { } form) return new Refusal("ImportUnknown");
        var (faults, total) = await desk.FaultsAsync(run, request.Skip, request.Take, stop);
        return new Page<Row>([.. faults.Select(fault => new Row(
            fault.Row, fault.Column is { } column ? forms.Header(form, column) : null, Masked(fault), Say(fault, words, calendar), fault.Reason.Code))], total);
    }

    internal static string Say(FaultyCell fault, RefusalWords words, CityCalendar calendar) => words.Of(fault.Reason).Say(fault.Reason, calendar);

    private static string? Masked(FaultyCell fault) => fault switch
    {
        { Value: null or "" } => null,
        { Column.IsPersonal: true, Value: var value } => value.Length > 6 ? new string('*', 6) + value[^2..] : "**",
        _ => fault.Value,
    };
}
