using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Scopes;

namespace Anlan.Accounts.Organs;

/// <summary>
/// Who supervises what. Within one line of supervision the narrowest assignment in force decides: an enterprise before a division, a town before its county.
/// Whoever holds it supervises, and with it every organ above the holder. So a zone's committee takes a town out of the county's hands
/// by being assigned that town, and gives it back when the assignment ends; the statistics tree is not asked.
/// </summary>
internal static class JurisdictionRule
{
    private static readonly DivisionCode First = new("");
    private static readonly DivisionCode AfterLast = new("b");

    /// <summary>What an organ supervises.</summary>
    /// <param name="organ">The organ.</param>
    /// <param name="below">The organs below it in the same line, at any depth.</param>
    /// <param name="inForce">The assignments of that line in force on the day, of whomever.</param>
    /// <param name="tree">All divisions that there are.</param>
    public static Scope ScopeOf(OrganId organ, IReadOnlyCollection<OrganId> below, IReadOnlyList<AssignmentFacts> inForce, IReadOnlyList<Division> tree)
    {
        var own = below.Append(organ).ToHashSet();
        var divisions = inForce.Where(a => a.Division is not null).GroupBy(a => a.Division!.Value)
            .Select(group => new Node(group.Key, group.Any(a => own.Contains(a.Organ)))).OrderBy(node => node.Division).ToList();
        var enterprises = inForce.Where(a => a.Enterprise is not null).GroupBy(a => a.Enterprise!.Value).ToLookup(group => group.Any(a => own.Contains(a.Organ)), group => group.Key.Value);
        var (ranges, next) = (new List<DivisionRange>(), 0);
        Walk(divisions, ref next, new DivisionRange(First, AfterLast), isOwn: false, ranges);
        return Scope.OfOrgan(organ.Value, below.Select(o => o.Value), ranges.Select(range => Narrowed(range, tree)), enterprises[true], enterprises[false]);
    }

    /// <summary>The assignments that decide for an enterprise at a place: the narrowest, all that are equally narrow.</summary>
    /// <param name="enterprise">The enterprise.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="inForce">The assignments of one line in force on the day.</param>
    public static IReadOnlyList<AssignmentFacts> Deciding(EnterpriseId enterprise, DivisionCode place, IEnumerable<AssignmentFacts> inForce)
    {
        var narrowest = new List<AssignmentFacts>();
        var best = 0;
        foreach (var assignment in inForce)
        {
            var width = assignment switch
            {
                { Enterprise: { } one } => one == enterprise ? int.MaxValue : 0,
                { Division: { } division } => place.IsWithin(division) ? division.Value.Length : 0,
                _ => 0,
            };
            if (width == 0 || width < best) continue;
            if (width > best) narrowest.Clear();
            best = width;
            narrowest.Add(assignment);
        }

        return narrowest;
    }

    // A town station's whole range is mostly one town.
    private static DivisionRange Narrowed(DivisionRange range, IReadOnlyList<Division> tree) =>
        tree.Where(division => range.Covers(division.Code)).Take(2).ToList() is [{ } only] ? DivisionRange.One(only.Code) : range;

    // The assigned divisions in order: those inside a division follow it directly. What none of them takes out belongs to the outer one.
    private static void Walk(List<Node> nodes, ref int next, DivisionRange outer, bool isOwn, List<DivisionRange> into)
    {
        var from = outer.From;
        while (next < nodes.Count && outer.Covers(nodes[next].Division))
        {
            var node = nodes[next++];
            var inner = DivisionRange.Of(node.Division);
            if (isOwn) Add(into, from, inner.From);
            Walk(nodes, ref next, inner, node.IsOwn, into);
            from = inner.Before;
        }

        if (isOwn) Add(into, from, outer.Before);
    }

    private static void Add(List<DivisionRange> into, DivisionCode from, DivisionCode before)
    {
        if (from >= before) return;
        if (into.Count > 0 && into[^1].Before == from) into[^1] = into[^1] with { Before = before };
        else into.Add(new DivisionRange(from, before));
    }

    private readonly record struct Node(DivisionCode Division, bool IsOwn);
}
