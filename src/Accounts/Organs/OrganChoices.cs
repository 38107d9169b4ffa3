using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;

namespace Anlan.Accounts.Organs;

/// <summary>What the forms about organs offer to choose from.</summary>
internal sealed class OrganChoices(OrganIndex organs, Jurisdiction jurisdiction, IDivisions divisions, IEnterprises enterprises, CurrentScope scope)
{
    private const int Most = 20;

    /// <summary>Active organs of the same line within scope that are neither the organ itself nor below it.</summary>
    public IEnumerable<OrganFacts> Parents(OrganKind kind, Guid? organ, string? text)
    {
        var (now, term) = (scope.Now, text?.Trim() ?? "");
        var below = organ is { } id ? jurisdiction.Below(new OrganId(id)).Append(new OrganId(id)).ToHashSet() : [];
        return [.. organs.All.Where(o => o.IsActive && o.Line == OrganKinds.LineOf(kind) && now.CoversOrgan(o.Id.Value) && !below.Contains(o.Id) && (term.Length == 0 || o.Matches(term)))
            .OrderBy(o => o.Kind).ThenBy(o => o.NameZh, StringComparer.Ordinal).Take(Most)];
    }

    public OrganFacts? Find(Guid organ) => scope.Now.CoversOrgan(organ) ? organs.Find(new OrganId(organ)) : null;

    /// <summary>Divisions by a part of their name or the beginning of their code, wider ones first.</summary>
    public IEnumerable<Division> Divisions(string? text)
    {
        var term = text?.Trim() ?? "";
        return [.. divisions.All.Where(d => d.Name.Contains(term, StringComparison.OrdinalIgnoreCase) || d.Code.Value.StartsWith(term, StringComparison.Ordinal)).OrderBy(d => d.Code.Value.Length).ThenBy(d => d.Code).Take(Most)];
    }

    public Division? Division(string? code) => code is null ? null : divisions.Find(new(code));

    public string PathOf(Division division) => divisions.PathOf(division.Code);

    /// <summary>Active enterprises within scope by name or credit code.</summary>
    public IEnumerable<EnterpriseFacts> Enterprises(string? text) => [.. enterprises.Search(text, Most * 2, scope.Now).Where(e => e.IsActive).Take(Most)];
}
