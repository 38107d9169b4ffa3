using Anlan.Accounts.Organs;
using Anlan.Accounts.Roles;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;

namespace Anlan.Accounts.Invitations;

/// <summary>What the form of an invitation offers to choose from: active enterprises and organs within scope.</summary>
internal sealed class InvitationChoices(IEnterprises enterprises, IDivisions divisions, OrganIndex organs, RoleBook roles, CurrentActor current, CurrentScope scope)
{
    private const int Most = 20;

    public IEnumerable<EnterpriseFacts> Enterprises(string? text) => enterprises.Search(text, Most * 2, scope.Now).Where(e => e.IsActive).Take(Most);

    /// <summary>Divisions within scope, from the city down to towns.</summary>
    public IEnumerable<Division> Divisions(string? text)
    {
        var (now, term) = (scope.Now, text?.Trim() ?? "");
        return divisions.All.Where(d => now.Covers(d.Code) && (term.Length == 0 || d.Name.Contains(term, StringComparison.OrdinalIgnoreCase) || d.Code.Value.StartsWith(term, StringComparison.Ordinal))).Take(Most);
    }

    /// <summary>The roles that the actor may invite into.</summary>
    public IReadOnlyList<RoleFacts> Roles() => InvitationRules.RolesOpenTo(roles.Find(current.Actor.Role), roles.All);

    /// <summary>Active organs for which a role is.</summary>
    public IEnumerable<OrganFacts> Organs(RoleFacts role, string? text)
    {
        var (now, term) = (scope.Now, text?.Trim() ?? "");
        return organs.All.Where(o => o.IsActive && role.IsFor(o.Kind) && now.CoversOrgan(o.Id.Value) && (term.Length == 0 || o.Matches(term))).OrderBy(o => o.Kind).ThenBy(o => o.NameZh, StringComparer.Ordinal).Take(Most);
    }

    /// <summary>The organ in whose name the actor invites, or null for administrators.</summary>
    public OrganFacts? OwnOrgan => scope.Now.Organ is { } own ? organs.Find(new OrganId(own)) : null;
}
