using System.Globalization;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Welding.Fitting;
using Anlan.Welding.Machines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Welding.Live;

/// <summary>What the coverage is counted by.</summary>
internal enum CoverageBy
{
    /// <summary>The enterprise that uses the machines.</summary>
    Enterprise,
    /// <summary>The town where they stand.</summary>
    Town,
    /// <summary>The county where they stand.</summary>
    County,
}

/// <summary>How far the fitting has come for each enterprise, town or county within scope, and what is missing; counted at this moment from the machines themselves.</summary>
internal sealed class ListCoverage(WeldingDb db, MachineIndex index, IEnterprises enterprises, IDivisions divisions, CurrentScope scope, CityCalendar calendar, IStringLocalizer<Words> words)
{
    private const int CountyDigits = 6;
    private const int TownDigits = 9;

    /// <param name="Key">Id of the enterprise, or code of the division.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Machines">Machines that are not scrapped.</param>
    /// <param name="Chipped">Those that have a chip.</param>
    /// <param name="Active">Those whose fitting is active.</param>
    /// <param name="Missing">How many of the others are in each state.</param>
    public sealed record Row(string Key, string Name, int Machines, int Chipped, int Active, IReadOnlyDictionary<FittingState, int> Missing)
    {
        /// <summary>Percent of machines that are active.</summary>
        public double Percent => 100.0 * Active / Machines;
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/welding/coverage/parts", (string? by, string? search, string? sort, ListCoverage slice, int page = 1, int size = 20) => EnumQuery.TryRead<CoverageBy>(by, out var wanted)
                ? Results.Ok(slice.Run(wanted ?? CoverageBy.Enterprise, new PageRequest(page, size, search, sort)))
                : EnumQuery.NoSuchWord("by", by))
            .RequirePermission(WeldingPermissions.View).Produces<Page<Row>>().Scoped(ScopedBy.Records).WithTags("Machines").WithSummary("Coverage by enterprise, town or county, the least covered first; sort=-machines puts the largest first, sort=name the names in order");
        api.MapGet("/welding/coverage/parts/export", async (string? by, string? search, string? sort, ListCoverage slice, CancellationToken stop) => EnumQuery.TryRead<CoverageBy>(by, out var wanted)
                ? await slice.ExportAsync(wanted ?? CoverageBy.Enterprise, new PageRequest(1, 1, search, sort), stop)
                : EnumQuery.NoSuchWord("by", by))
            .RequirePermission(WeldingPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).WithTags("Machines").WithSummary("Export the coverage by enterprise, town or county");
    }

    public Page<Row> Run(CoverageBy by, PageRequest request)
    {
        var found = Find(by, request);
        return new Page<Row>([.. found.Skip(request.Skip).Take(request.Take)], found.Count);
    }

    public async Task<IResult> ExportAsync(CoverageBy by, PageRequest request, CancellationToken stop)
    {
        var found = Find(by, request);
        var states = Enum.GetValues<FittingState>().Where(IsMissing).ToList();
        db.Context.Audit("welding.coverage.exported", "machines", new { rows = found.Count });
        await db.Context.SaveAsync(stop);
        IEnumerable<string> header = [words["Coverage.By." + by].Value, words["Coverage.Machines"].Value, words["Coverage.Chips"].Value, words["Fitting.Active"].Value, words["Coverage.Share"].Value, .. states.Select(state => words["Fitting." + state].Value)];
        return CsvFile.Of($"coverage-{calendar.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}", [.. header], found.Select(row => (IReadOnlyList<string?>)
            [row.Name, Text(row.Machines), Text(row.Chipped), Text(row.Active), row.Percent.ToString("0.0", CultureInfo.InvariantCulture), .. states.Select(state => Text(row.Missing.GetValueOrDefault(state)))]));
    }

    private List<Row> Find(CoverageBy by, PageRequest request)
    {
        var rows = index.Within(scope.Now).Where(machine => machine.ScrapReason is null).GroupBy(machine => KeyOf(machine, by), StringComparer.Ordinal)
            .Select(group => RowOf(group.Key, by, [.. group])).Where(row => request.Term is not { } term || row.Name.Contains(term, StringComparison.OrdinalIgnoreCase));
        var sorted = request.Sort switch
        {
            "-machines" => rows.OrderByDescending(row => row.Machines),
            "machines" => rows.OrderBy(row => row.Machines),
            "name" => rows.OrderBy(row => row.Name, StringComparer.Ordinal),
            "-name" => rows.OrderByDescending(row => row.Name, StringComparer.Ordinal),
            "-share" => rows.OrderByDescending(row => row.Percent),
            _ => rows.OrderBy(row => row.Percent).ThenByDescending(row => row.Machines),
        };
        return [.. sorted.ThenBy(row => row.Name, StringComparer.Ordinal)];
    }

    private Row RowOf(string key, CoverageBy by, List<MachineFacts> machines) => new(
        key, NameOf(key, by), machines.Count, machines.Count(machine => machine.Chip is not null), machines.Count(machine => machine.Fitting == FittingState.Active),
        machines.Select(machine => machine.Fitting).Where(IsMissing).CountBy(state => state).ToDictionary());

    private string NameOf(string key, CoverageBy by) => (by == CoverageBy.Enterprise ? enterprises.Find(new EnterpriseId(Guid.Parse(key)))?.Name : divisions.Find(new(key))?.Name) ?? key;

    private static string KeyOf(MachineFacts machine, CoverageBy by) => by switch
    {
        CoverageBy.Enterprise => machine.UserEnterprise.Value.ToString(),
        CoverageBy.Town => First(machine.Division.Value, TownDigits),
        _ => First(machine.Division.Value, CountyDigits),
    };

    private static string First(string code, int digits) => code.Length > digits ? code[..digits] : code;

    private static bool IsMissing(FittingState state) => state is not (FittingState.Active or FittingState.Scrapped);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
