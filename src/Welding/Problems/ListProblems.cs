using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Problems;

/// <summary>The cases behind one figure.</summary>
internal sealed class ListProblems(ProblemRows rows, MachineIndex machines, IEnterprises enterprises, IDivisions divisions, IPeople people, PeopleSeen seen)
{
    /// <summary>Stands for a place that nobody knows.</summary>
    public const string Nowhere = "none";

    /// <param name="Kind">What.</param>
    /// <param name="Machine">Code of the machine, or null.</param>
    /// <param name="Chip">Serial of the chip, or null.</param>
    /// <param name="Enterprise">Name of the enterprise, or null.</param>
    /// <param name="Town">Name of the place, or null.</param>
    /// <param name="Person">Who tried, or null.</param>
    /// <param name="PersonName">Masked name, or null.</param>
    /// <param name="At">When it happened, or when the chip was last heard.</param>
    /// <param name="Position">Position in the log, or null.</param>
    public sealed record Row(ProblemKind Kind, string? Machine, string? Chip, string? Enterprise, string? Town, Guid? Person, string? PersonName, DateTimeOffset? At, long? Position);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/welding/problems/cases", async (string? month, string? kind, string? division, string? search, ListProblems slice, CancellationToken stop, int page = 1, int size = 20) => EnumQuery.TryRead<ProblemKind>(kind, out var wanted) ? await slice.RunAsync(wanted ?? ProblemKind.Unchipped, month, division, new PageRequest(page, size, search), stop).ToHttpAsync() : EnumQuery.NoSuchWord("kind", kind))
            .RequirePermission(WeldingPermissions.View).Produces<Page<Row>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Problems").WithSummary("The cases behind a figure; search by machine code, chip or enterprise");

    public async Task<Outcome<Page<Row>>> RunAsync(ProblemKind kind, string? month, string? division, PageRequest request, CancellationToken stop)
    {
        if (await FindAsync(kind, month, division, request.Term, stop) is not { } found) return Refusal.OfField("month", "MonthUnknown") with { Measured = FactValue.Text(month ?? "") };
        var shown = found.Skip(request.Skip).Take(request.Take).ToList();
        seen.Add(WelderViews.Problems, shown.Select(row => row.Person).OfType<Guid>());
        return new Page<Row>(shown, found.Count);
    }

    /// <summary>All cases that match; null when the month is none.</summary>
    public async Task<IReadOnlyList<Row>?> FindAsync(ProblemKind kind, string? month, string? division, string? term, CancellationToken stop)
    {
        if (rows.MonthOf(month) is not { } wanted) return null;
        var found = (await rows.OfAsync(kind, wanted, stop)).AsEnumerable();
        if (!string.IsNullOrEmpty(division)) found = division == Nowhere ? found.Where(problem => problem.Division is null) : found.Where(problem => problem.Division?.Value.StartsWith(division, StringComparison.Ordinal) == true);
        var read = found.Select(Read);
        return [.. term is null ? read : read.Where(row => Contains(row.Machine, term) || Contains(row.Chip, term) || Contains(row.Enterprise, term))];
    }

    private Row Read(ProblemCase found) => new(
        found.Kind, found.Machine is { } machine ? machines.Find(machine)?.Code : null, found.Chip, found.Enterprise is { } enterprise ? enterprises.Find(enterprise)?.Name : null,
        found.Division is { } place ? divisions.Find(new DivisionCode(ProblemRows.TownOf(place)))?.Name ?? place.Value : null,
        found.Person?.Value, found.Person is { } person ? people.Find(person)?.MaskedName : null, found.At, found.Position);

    private static bool Contains(string? text, string term) => text?.Contains(term, StringComparison.OrdinalIgnoreCase) == true;
}
