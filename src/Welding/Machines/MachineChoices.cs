using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.City;

namespace Anlan.Welding.Machines;

/// <summary>What a form offers to choose from: enterprises within scope, any by its whole credit code as owner, and the city's divisions.</summary>
internal sealed class MachineChoices(IEnterprises enterprises, IDivisions divisions, CityPack city, FenceRules fences, CurrentScope scope)
{
    private const int Most = 20;

    /// <summary>The only enterprise for which the actor registers, or null where there is a choice.</summary>
    public EnterpriseFacts? OnlyUser => scope.Now.Enterprise is { } only ? Find(only) : null;

    /// <summary>How large a fence may be, and the usual one.</summary>
    public FenceLimits Fence => fences.At(null);

    /// <summary>Active enterprises within scope by name or credit code.</summary>
    public IEnumerable<EnterpriseFacts> Users(string? text) => [.. enterprises.Search(text, Most * 2, scope.Now).Where(e => e.IsActive).Take(Most)];

    /// <summary>The same, and the one whose whole credit code was typed.</summary>
    public IEnumerable<EnterpriseFacts> Owners(string? text)
    {
        var found = Users(text);
        return enterprises.FindByCreditCode(text ?? "") is { IsActive: true } named && found.All(e => e.Id != named.Id) ? found.Prepend(named) : found;
    }

    /// <summary>An enterprise within scope.</summary>
    public EnterpriseFacts? Find(Guid enterprise) => enterprises.IsWithin(new EnterpriseId(enterprise), scope.Now) ? enterprises.Find(new EnterpriseId(enterprise)) : null;

    /// <summary>An enterprise that a machine in scope names already.</summary>
    public EnterpriseFacts? Named(Guid enterprise) => enterprises.Find(new EnterpriseId(enterprise));

    /// <summary>Counties of the city.</summary>
    public IReadOnlyList<(string Code, string Name)> Counties => Inside(city.Division);

    /// <summary>Towns of a county.</summary>
    public IReadOnlyList<(string Code, string Name)> Towns(string county) => DivisionCode.IsValid(county) ? Inside(county) : [];

    private List<(string Code, string Name)> Inside(string outer) => [.. divisions.Inside(new DivisionCode(outer)).Select(d => (d.Code.Value, d.Name))];
}
