using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>The ledger within scope, from memory.</summary>
internal sealed class ListSpaces(SpaceIndex index, CurrentScope scope, SpaceRows rows, SpaceGaps gaps)
{
    /// <param name="State">Only of this state.</param>
    /// <param name="Kind">Only of this kind.</param>
    /// <param name="Risk">Only of this level.</param>
    /// <param name="Gap">Only those that lack this today.</param>
    /// <param name="Division">Only in this county or town.</param>
    /// <param name="Enterprise">Only of this enterprise.</param>
    public sealed record Filter(SpaceState? State = null, SpaceKind? Kind = null, RiskLevel? Risk = null, SpaceGap? Gap = null, string? Division = null, Guid? Enterprise = null)
    {
        /// <summary>The filter as an address words it, or the first word that is on no list.</summary>
        public static Outcome<Filter> Read(string? state, string? kind, string? risk, string? gap, string? division, Guid? enterprise)
        {
            if (!EnumQuery.TryRead<SpaceState>(state, out var wantedState)) return NoSuchWord("state", state);
            if (!EnumQuery.TryRead<SpaceKind>(kind, out var wantedKind)) return NoSuchWord("kind", kind);
            if (!EnumQuery.TryRead<RiskLevel>(risk, out var wantedRisk)) return NoSuchWord("risk", risk);
            if (!EnumQuery.TryRead<SpaceGap>(gap, out var wantedGap)) return NoSuchWord("gap", gap);
            return new Filter(wantedState, wantedKind, wantedRisk, wantedGap, division, enterprise);
        }

        /// <summary>True when anything is filtered.</summary>
        public bool IsSet => this != new Filter();

        private static Outcome<Filter> NoSuchWord(string field, string? word) => Outcome<Filter>.Refused([Refusal.OfField(field, "WordInvalid") with { Measured = FactValue.Text(word ?? "") }]);
    }

    /// <summary>A county or town in which spaces lie.</summary>
    public sealed record Place(string Code, string Name);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/spaces", (string? search, string? sort, string? state, string? kind, string? risk, string? gap, string? division, Guid? enterprise, ListSpaces slice, int page = 1, int size = 20) =>
                Filter.Read(state, kind, risk, gap, division, enterprise) is { IsDone: true } filter ? Results.Ok(slice.Run(new PageRequest(page, size, search, sort), filter.Value)) : OutcomeResults.ToProblem(Filter.Read(state, kind, risk, gap, division, enterprise).Refusals))
            .RequirePermission(ConfinedSpacesPermissions.View).Produces<Page<SpaceRow>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Confined spaces")
            .WithSummary("List confined spaces; search by code, name, site or enterprise; of a state, kind, risk, gap, area or enterprise");

    /// <summary>Sort keys: <c>code</c> (default), <c>name</c>, <c>enterprise</c>, <c>risk</c>, <c>state</c>, <c>reviewDueOn</c>.</summary>
    public Page<SpaceRow> Run(PageRequest request, Filter filter)
    {
        var found = Find(request, filter);
        return new Page<SpaceRow>([.. found.Skip(request.Skip).Take(request.Take).Select(rows.Of)], found.Count);
    }

    /// <summary>How many spaces are in each state, whatever state is asked for, for the strip above the list.</summary>
    public IReadOnlyDictionary<SpaceState, int> CountByState(string? search, Filter filter) => Matching(new PageRequest(Search: search).Term, filter with { State = null }).CountBy(space => space.State).ToDictionary();

    /// <summary>How many spaces in scope lack something, removed ones aside.</summary>
    public IReadOnlyDictionary<SpaceGap, int> CountByGap() => index.Within(scope.Now).SelectMany(gaps.Of).CountBy(gap => gap).ToDictionary();

    /// <summary>The counties and towns in which spaces in scope lie, by code.</summary>
    public IReadOnlyList<Place> Places() =>
        [.. index.Within(scope.Now).DistinctBy(space => space.Division).OrderBy(space => space.Division).Select(space => new Place(space.Division.Value, rows.DivisionNameOf(space) ?? space.Division.Value))];

    /// <summary>The name of an enterprise that has spaces in scope, or null.</summary>
    public string? EnterpriseName(Guid enterprise) => index.Within(scope.Now).FirstOrDefault(space => space.Enterprise.Value == enterprise) is { } space ? rows.EnterpriseNameOf(space) : null;

    private List<SpaceEntry> Find(PageRequest request, Filter filter) => [.. Sort(Matching(request.Term, filter), request.Sort)];

    private IEnumerable<SpaceEntry> Matching(string? term, Filter filter)
    {
        var division = DivisionCode.IsValid(filter.Division) ? new DivisionCode(filter.Division!) : (DivisionCode?)null;
        // A division that does not exist has no spaces.
        if (division is null && !string.IsNullOrEmpty(filter.Division)) return [];
        return index.Within(scope.Now).Where(space =>
            (filter.State is null || space.State == filter.State) && (filter.Kind is null || space.Kind == filter.Kind) && (filter.Risk is null || space.Risk == filter.Risk)
            && (division is null || space.Division.IsWithin(division.Value)) && (filter.Enterprise is null || space.Enterprise.Value == filter.Enterprise)
            && (filter.Gap is not { } gap || gaps.Of(space).Contains(gap)) && (term is null || Matches(space, term)));
    }

    private bool Matches(SpaceEntry space, string term) => Contains(space.Code, term) || Contains(space.Name, term) || Contains(space.Site, term) || Contains(rows.EnterpriseNameOf(space), term);

    private IEnumerable<SpaceEntry> Sort(IEnumerable<SpaceEntry> spaces, string? sort)
    {
        Func<SpaceEntry, IComparable?> key = sort?.TrimStart('-') switch
        {
            "name" => space => space.Name,
            "enterprise" => rows.EnterpriseNameOf,
            "risk" => space => space.Risk,
            "state" => space => space.State,
            "reviewDueOn" => space => gaps.ReviewDueOn(space),
            _ => space => space.Code,
        };
        var sorted = sort?.StartsWith('-') == true ? spaces.OrderByDescending(key, Comparer<IComparable?>.Create(Compare)) : spaces.OrderBy(key, Comparer<IComparable?>.Create(Compare));
        return sorted.ThenBy(space => space.Code, StringComparer.Ordinal);
    }

    // Texts by their letters' codes, the same on every machine.
    private static int Compare(IComparable? one, IComparable? other) => one is string text && other is string word ? string.CompareOrdinal(text, word) : Comparer<IComparable?>.Default.Compare(one, other);

    private static bool Contains(string? text, string term) => text?.Contains(term, StringComparison.OrdinalIgnoreCase) == true;
}
