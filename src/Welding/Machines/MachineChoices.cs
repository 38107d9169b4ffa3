using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Toolkit.City;

namespace Anlan.Welding.Machines;

/// <summary>What a form offers to choose from: enterprises within reach as users, any as owners, and the city's divisions.</summary>
internal sealed class MachineChoices(IEnterprises enterprises, IPeople people, IDivisions divisions, CityPack city, FenceRules fences, MachineReach reach)
{
    private const int Most = 20;

    /// <summary>The only enterprise for which the actor registers, or null where there is a choice.</summary>
    public EnterpriseFacts? OnlyUser => reach.OnlyEnterprise is { } only ? Find(only) : null;

    /// <summary>How large a fence may be, and the usual one.</summary>
    public FenceLimits Fence => fences.At(null);

    /// <summary>Active enterprises by name or credit code.</summary>
    public IEnumerable<EnterpriseFacts> Enterprises(string? text) => enterprises.Search(text, Most * 2).Where(e => e.IsActive).Take(Most);

    public EnterpriseFacts? Find(Guid enterprise) => enterprises.Find(new EnterpriseId(enterprise));

    /// <summary>The person with an identity number, or null.</summary>
    public async Task<Guid?> PersonAsync(string identityNumber, CancellationToken stop) => (await people.FindByIdentityNumberAsync(identityNumber.Trim().ToUpperInvariant(), stop))?.Value;

    /// <summary>Counties of the city.</summary>
    public IReadOnlyList<(string Code, string Name)> Counties => Inside(city.Division);

    /// <summary>Towns of a county.</summary>
    public IReadOnlyList<(string Code, string Name)> Towns(string county) => DivisionCode.IsValid(county) ? Inside(county) : [];

    private List<(string Code, string Name)> Inside(string outer) => [.. divisions.Inside(new DivisionCode(outer)).Select(d => (d.Code.Value, d.Name))];
}
