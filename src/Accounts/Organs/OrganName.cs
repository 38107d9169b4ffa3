using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;

namespace Anlan.Accounts.Organs;

/// <summary>An organ where only its name is shown.</summary>
internal sealed record OrganName(Guid Id, string NameZh, string NameEn)
{
    public static OrganName? Of(OrganFacts? organ) => organ is null ? null : new OrganName(organ.Id.Value, organ.NameZh, organ.NameEn);
}

/// <summary>Says divisions.</summary>
internal static class DivisionNames
{
    /// <summary>Names from the county down; a city's or province's own name alone.</summary>
    public static string PathOf(this IDivisions divisions, DivisionCode code)
    {
        var names = new Stack<string>();
        for (var division = divisions.Find(code); division is { Code.Value.Length: >= 6 }; division = division.Parent is { } parent ? divisions.Find(parent) : null) names.Push(division.Name);
        return names.Count > 0 ? string.Join(" / ", names) : divisions.Find(code)?.Name ?? code.Value;
    }
}
