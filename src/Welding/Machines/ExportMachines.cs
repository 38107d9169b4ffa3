using System.Globalization;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Welding.Machines;

/// <summary>The list of machines as a file, as filtered, in the reader's language; who took it is on record.</summary>
internal sealed class ExportMachines(WeldingDb db, ListMachines list, CityCalendar calendar, IStringLocalizer<Words> words)
{
    private static readonly string[] Columns = ["Code", "Kind", "Model", "RatedCurrent", "State", "Enterprise", "Division", "Site", "Latitude", "Longitude", "Fence", "Chip", "LastSeen", "LockReason", "ScrapReason"];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/machines/export", async (string? search, string? state, string? sort, ExportMachines slice, CancellationToken stop) =>
                EnumQuery.TryRead<MachineState>(state, out var wanted) ? await slice.RunAsync(new PageRequest(1, 1, search, sort), wanted, stop) : EnumQuery.NoSuchWord("state", state))
            .RequirePermission(WeldingPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).WithTags("Machines").WithSummary("Export the list of machines");

    public async Task<IResult> RunAsync(PageRequest request, MachineState? state, CancellationToken stop)
    {
        var rows = list.All(request, state);
        db.Context.Audit("welding.machines.exported", "machines", new { rows = rows.Count });
        await db.Context.SaveAsync(stop);
        var today = calendar.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return CsvFile.Of($"machines-{today}", [.. Columns.Select(column => words["Csv." + column].Value)], rows.Select(Cells));
    }

    private IReadOnlyList<string?> Cells(MachineRow row) =>
    [
        row.Code, words["Kind." + row.Kind], row.Model, row.RatedCurrent > 0 ? Text(row.RatedCurrent) : null, words["State." + row.State], row.UserEnterpriseName, row.DivisionName, row.Site,
        Text(row.Latitude), Text(row.Longitude), Text(row.FenceMetres), row.Chip, row.LastSeen is { } seen ? calendar.Local(seen).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : null,
        row.LockReason, row.ScrapReason,
    ];

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
