using Anlan.Kernel.Divisions;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Machines;

/// <summary>Machines within scope with their live state, from memory.</summary>
internal sealed class ListMachines(MachineIndex index, CurrentScope scope, MachineRows rows)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/machines", (string? search, string? state, string? division, string? sort, ListMachines slice, int page = 1, int size = 20) => EnumQuery.TryRead<MachineState>(state, out var wanted)
                ? Results.Ok(slice.Run(new PageRequest(page, size, search, sort), wanted, division: division))
                : EnumQuery.NoSuchWord("state", state))
            .RequirePermission(WeldingPermissions.View).Produces<Page<MachineRow>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Machines")
            .WithSummary("List machines; search by code, model, site, enterprise or chip; of a state, of an area");

    /// <summary>Sort keys: <c>code</c> (default), <c>enterprise</c>, <c>state</c>, <c>lastSeen</c>.</summary>
    public Page<MachineRow> Run(PageRequest request, MachineState? state = null, Guid? enterprise = null, string? division = null)
    {
        var found = Find(request, state, enterprise, division);
        return new Page<MachineRow>([.. found.Skip(request.Skip).Take(request.Take).Select(rows.Of)], found.Count);
    }

    /// <summary>All that match, for an export.</summary>
    public IReadOnlyList<MachineRow> All(PageRequest request, MachineState? state) => [.. Find(request, state, null, null).Select(rows.Of)];

    /// <summary>How many machines are in each state, for the filter above the list.</summary>
    public IReadOnlyDictionary<MachineState, int> Count(string? search, string? division = null) => Inside(Within(new PageRequest(Search: search).Term), division).CountBy(rows.StateOf).ToDictionary();

    private List<MachineFacts> Find(PageRequest request, MachineState? state, Guid? enterprise, string? division)
    {
        var found = Inside(Within(request.Term), division);
        if (state is { } wanted) found = found.Where(machine => rows.StateOf(machine) == wanted);
        if (enterprise is { } user) found = found.Where(machine => machine.UserEnterprise.Value == user);
        return [.. Sort([.. found], request.Sort)];
    }

    private static IEnumerable<MachineFacts> Inside(IEnumerable<MachineFacts> machines, string? division) =>
        string.IsNullOrEmpty(division) ? machines : machines.Where(machine => machine.Division.IsWithin(new DivisionCode(division)));

    private IEnumerable<MachineFacts> Within(string? term)
    {
        var reachable = index.Within(scope.Now);
        return term is null ? reachable : reachable.Where(machine =>
            Contains(machine.Code, term) || Contains(machine.Model, term) || Contains(machine.Site, term) || Contains(machine.Chip, term) || Contains(rows.EnterpriseNameOf(machine), term));
    }

    private IEnumerable<MachineFacts> Sort(List<MachineFacts> machines, string? sort)
    {
        Comparison<MachineFacts> byCode = (a, b) => string.CompareOrdinal(a.Code, b.Code);
        Func<MachineFacts, IComparable?>? key = sort?.TrimStart('-') switch
        {
            "enterprise" => rows.EnterpriseNameOf,
            "state" => machine => rows.StateOf(machine),
            "lastSeen" => machine => rows.Of(machine).LastSeen,
            _ => null,
        };
        var isDown = sort?.StartsWith('-') == true;
        if (key is null) return isDown ? machines.OrderDescending(Comparer<MachineFacts>.Create(byCode)) : machines.Order(Comparer<MachineFacts>.Create(byCode));
        return (isDown ? machines.OrderByDescending(key) : machines.OrderBy(key)).ThenBy(machine => machine.Code, StringComparer.Ordinal);
    }

    private static bool Contains(string? text, string term) => text?.Contains(term, StringComparison.OrdinalIgnoreCase) == true;
}
