using System.Collections.Concurrent;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Scopes;
using Anlan.Kernel.Time;

namespace Anlan.Accounts.Organs;

/// <summary>
/// Who supervises what today, from memory. Worked out once per day and change, for each organ when it is first asked for: a request costs two
/// comparisons and a look-up.
/// </summary>
internal sealed class Jurisdiction(OrganIndex organs, AssignmentIndex assignments, IDivisions divisions, CityCalendar calendar)
{
    private volatile Standing? _standing;

    /// <summary>What the organ supervises today; nothing for an organ that is unknown or closed.</summary>
    public Scope ScopeOf(OrganId organ) => Today().ScopeOf(organ);

    /// <summary>Who supervises an enterprise today: the deciding assignments of every line, the line of emergency management first.</summary>
    public IReadOnlyList<(OrganFacts Organ, AssignmentFacts Assignment)> SupervisorsOf(EnterpriseId enterprise, DivisionCode place) => Today().SupervisorsOf(enterprise, place);

    /// <summary>The organs below another in its line, at any depth.</summary>
    public IReadOnlyCollection<OrganId> Below(OrganId organ) => Today().Below(organ);

    private Standing Today()
    {
        var (today, organsVersion, assignmentsVersion) = (calendar.Today, organs.Version, assignments.Version);
        if (_standing is { } known && known.Is(today, organsVersion, assignmentsVersion)) return known;
        return _standing = new Standing(today, organsVersion, assignmentsVersion, [.. organs.All], assignments.All, divisions.All);
    }

    private sealed class Standing
    {
        private readonly DateOnly _today;
        private readonly long _organsVersion;
        private readonly long _assignmentsVersion;
        private readonly IReadOnlyList<Division> _divisions;
        private readonly Dictionary<OrganId, OrganFacts> _organs;
        private readonly ILookup<OrganId, OrganFacts> _children;
        private readonly Dictionary<SupervisionLine, List<AssignmentFacts>> _inForce;
        private readonly ConcurrentDictionary<OrganId, Scope> _scopes = new();

        public Standing(DateOnly today, long organsVersion, long assignmentsVersion, List<OrganFacts> organs, IEnumerable<AssignmentFacts> assignments, IReadOnlyList<Division> divisions)
        {
            (_today, _organsVersion, _assignmentsVersion, _divisions) = (today, organsVersion, assignmentsVersion, divisions);
            _organs = organs.Where(o => o.IsActive).ToDictionary(o => o.Id);
            _children = _organs.Values.Where(o => o.Parent is { } parent && _organs.TryGetValue(parent, out var above) && above.Line == o.Line).ToLookup(o => o.Parent!.Value);
            _inForce = assignments.Where(a => a.IsInForceOn(today) && _organs.ContainsKey(a.Organ)).GroupBy(a => _organs[a.Organ].Line).ToDictionary(group => group.Key, group => group.ToList());
        }

        public bool Is(DateOnly today, long organsVersion, long assignmentsVersion) => today == _today && organsVersion == _organsVersion && assignmentsVersion == _assignmentsVersion;

        public Scope ScopeOf(OrganId organ) =>
            _organs.TryGetValue(organ, out var known) ? _scopes.GetOrAdd(organ, _ => JurisdictionRule.ScopeOf(organ, Below(organ), _inForce.GetValueOrDefault(known.Line, []), _divisions)) : Scope.Nothing;

        public IReadOnlyCollection<OrganId> Below(OrganId organ)
        {
            var (found, waiting) = (new HashSet<OrganId>(), new Queue<OrganId>([organ]));
            while (waiting.TryDequeue(out var next))
            {
                foreach (var child in _children[next])
                {
                    if (child.Id != organ && found.Add(child.Id)) waiting.Enqueue(child.Id);
                }
            }

            return found;
        }

        public IReadOnlyList<(OrganFacts Organ, AssignmentFacts Assignment)> SupervisorsOf(EnterpriseId enterprise, DivisionCode place) =>
            [.. _inForce.OrderBy(line => line.Key).SelectMany(line => JurisdictionRule.Deciding(enterprise, place, line.Value)).Select(a => (_organs[a.Organ], a)).OrderBy(found => found.Item1.Line).ThenBy(found => found.a.From)];
    }
}
