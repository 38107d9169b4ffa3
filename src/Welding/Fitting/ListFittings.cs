using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Ui;
using Anlan.Welding.Machines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Welding.Fitting;

/// <summary>Which machines to keep.</summary>
/// <param name="State">Of this state only, or null.</param>
/// <param name="IsMissing">Only those that are not active yet, scrapped ones aside.</param>
/// <param name="Division">Only those in this division, or null.</param>
/// <param name="Enterprise">Only those that this enterprise uses, or null.</param>
internal sealed record FittingFilter(FittingState? State = null, bool IsMissing = false, string? Division = null, Guid? Enterprise = null);

/// <summary>The work of installers: machines by the state of their fitting, those with the nearest agreed day first.</summary>
internal sealed class ListFittings(WeldingDb db, MachineIndex index, MachineRows rows, CurrentScope scope, CityCalendar calendar, IStringLocalizer<Words> words)
{
    private static readonly string[] Columns = ["Code", "Fitting", "PlannedOn", "Model", "Enterprise", "Division", "Site", "Chip", "State"];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/fittings", (string? search, string? state, bool? missing, string? division, Guid? enterprise, ListFittings slice, int page = 1, int size = 20) => EnumQuery.TryRead<FittingState>(state, out var wanted)
                ? Results.Ok(slice.Run(new PageRequest(page, size, search, null), new FittingFilter(wanted, missing == true, division, enterprise)))
                : EnumQuery.NoSuchWord("state", state))
            .RequirePermission(WeldingPermissions.View).Produces<Page<MachineRow>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Fitting")
            .WithSummary("List machines by the state of their fitting; missing=true leaves out those that are active or scrapped");
        api.MapGet("/fittings/export", async (string? search, string? state, bool? missing, string? division, Guid? enterprise, ListFittings slice, CancellationToken stop) => EnumQuery.TryRead<FittingState>(state, out var wanted)
                ? await slice.ExportAsync(search, new FittingFilter(wanted, missing == true, division, enterprise), stop)
                : EnumQuery.NoSuchWord("state", state))
            .RequirePermission(WeldingPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).WithTags("Fitting").WithSummary("Export the list of fittings");
    }

    public Page<MachineRow> Run(PageRequest request, FittingFilter filter)
    {
        var found = Find(request.Term, filter);
        return new Page<MachineRow>([.. found.Skip(request.Skip).Take(request.Take).Select(rows.Of)], found.Count);
    }

    /// <summary>How many machines are in each state, whatever the state that is asked for.</summary>
    public IReadOnlyDictionary<FittingState, int> Count(string? search, FittingFilter filter) =>
        Find(new PageRequest(Search: search).Term, filter with { State = null, IsMissing = false }).CountBy(machine => machine.Fitting).ToDictionary();

    public async Task<IResult> ExportAsync(string? search, FittingFilter filter, CancellationToken stop)
    {
        var found = Find(new PageRequest(Search: search).Term, filter);
        db.Context.Audit("welding.fittings.exported", "machines", new { rows = found.Count });
        await db.Context.SaveAsync(stop);
        return CsvFile.Of($"fittings-{calendar.Today.Day()}", [.. Columns.Select(column => words["Csv." + column].Value)], found.Select(rows.Of).Select(Cells));
    }

    /// <summary>All that match, those with the nearest day first, then by code.</summary>
    public List<MachineFacts> Find(string? term, FittingFilter filter) =>
    [
        .. index.Within(scope.Now).Where(machine => Matches(machine, term, filter)).OrderBy(machine => machine.PlannedOn ?? DateOnly.MaxValue).ThenBy(machine => machine.Code, StringComparer.Ordinal),
    ];

    private bool Matches(MachineFacts machine, string? term, FittingFilter filter) =>
        (filter.State is not { } state || machine.Fitting == state)
        && (!filter.IsMissing || machine.Fitting is not (FittingState.Active or FittingState.Scrapped))
        && (filter.Division is not { Length: > 0 } division || machine.Division.Value.StartsWith(division, StringComparison.Ordinal))
        && (filter.Enterprise is not { } enterprise || machine.UserEnterprise.Value == enterprise)
        && (term is null || new[] { machine.Code, machine.Model, machine.Site, machine.Chip, rows.EnterpriseNameOf(machine) }.Any(text => text?.Contains(term, StringComparison.OrdinalIgnoreCase) == true));

    private IReadOnlyList<string?> Cells(MachineRow row) =>
        [row.Code, words["Fitting." + row.Fitting], row.PlannedOn is { } day ? day.Day() : null, row.Model, row.UserEnterpriseName, row.DivisionName, row.Site, row.Chip, words["State." + row.State]];
}
