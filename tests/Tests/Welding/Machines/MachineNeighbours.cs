using Anlan.Contracts.Devices;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Scopes;

namespace Anlan.Tests.Welding.Machines;

/// <summary>What the registry of machines asks of other modules, answered from lists that a test fills.</summary>
internal sealed class MachineNeighbours : IPeople, IEnterprises, IDivisions, IDevices
{
    private static readonly Division[] Tree =
    [
        new(new DivisionCode("9905"), "Northport", "prefecture", null),
        new(new DivisionCode("990521"), "Elm", "county", new DivisionCode("9905")),
        new(new DivisionCode("990521001"), "Elmbridge", "town", new DivisionCode("990521")),
    ];

    private readonly Dictionary<EnterpriseId, EnterpriseFacts> _enterprises = [];
    private readonly HashSet<PersonId> _people = [];
    private readonly Dictionary<string, DeviceFacts> _chips = [];
    private readonly Dictionary<string, DeviceState> _states = [];

    public EnterpriseId AnEnterprise(string name = "Works", string? creditCode = null)
    {
        var id = new EnterpriseId(Guid.CreateVersion7());
        _enterprises[id] = new EnterpriseFacts(id, name, creditCode, new DivisionCode("990521"), true);
        return id;
    }

    public void Close(EnterpriseId id) => _enterprises[id] = _enterprises[id] with { IsActive = false };

    public PersonId APerson()
    {
        var id = new PersonId(Guid.CreateVersion7());
        _people.Add(id);
        return id;
    }

    public void AChip(string serial, bool isEnabled = true, string kind = DeviceKinds.WeldingChip) => _chips[serial] = new DeviceFacts(new DeviceId(Guid.CreateVersion7()), serial, kind, isEnabled);

    public void SetState(string serial, DeviceState state) => _states[serial] = state;

    PersonFacts? IPeople.Find(PersonId person) => _people.Contains(person) ? new PersonFacts(person, "沈*明", "00") : null;

    bool IPeople.IsNamed(PersonId? person, string? name) => false;

    Task<bool> IPeople.HasIdentityEndingAsync(PersonId? person, string? ending, CancellationToken stop) => Task.FromResult(false);

    Task<PersonId?> IPeople.FindByIdentityNumberAsync(string identityNumber, CancellationToken stop) => Task.FromResult<PersonId?>(null);

    EnterpriseFacts? IEnterprises.Find(EnterpriseId enterprise) => _enterprises.GetValueOrDefault(enterprise);

    bool IPeople.IsWithin(PersonId person, Scope scope) => scope.IsAuthority && _people.Contains(person);

    IReadOnlyCollection<PersonId> IPeople.Within(Scope scope) => scope.IsAuthority ? _people : [];

    bool IEnterprises.IsWithin(EnterpriseId enterprise, Scope scope) => _enterprises.TryGetValue(enterprise, out var facts) && scope.Covers(facts.Division, enterprise.Value);

    EnterpriseFacts? IEnterprises.FindByCreditCode(string creditCode) => _enterprises.Values.FirstOrDefault(e => e.CreditCode == creditCode);

    IReadOnlyList<EnterpriseFacts> IEnterprises.Search(string? text, int most, Scope scope) => [.. _enterprises.Values.Where(e => scope.Covers(e.Division, e.Id.Value)).Where(e => text is null || e.Name.Contains(text, StringComparison.Ordinal)).Take(most)];

    Division? IDivisions.Find(DivisionCode code) => Tree.FirstOrDefault(d => d.Code == code);

    IReadOnlyList<Division> IDivisions.Inside(DivisionCode outer) => [.. Tree.Where(d => d.Parent == outer)];

    IReadOnlyList<Division> IDivisions.All => Tree;

    DeviceFacts? IDevices.Find(DeviceId device) => _chips.Values.FirstOrDefault(c => c.Id == device);

    DeviceFacts? IDevices.FindBySerial(string serial) => _chips.GetValueOrDefault(serial);

    IReadOnlyCollection<DeviceFacts> IDevices.All => [];

    DeviceState IDevices.StateOf(string serial) => _states.GetValueOrDefault(serial, DeviceState.Unknown);
}
