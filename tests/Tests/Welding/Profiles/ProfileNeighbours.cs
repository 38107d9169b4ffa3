using Anlan.Contracts.Devices;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Scopes;

namespace Anlan.Tests.Welding.Profiles;

/// <summary>What profiles and problems ask of other modules, answered from lists that a test fills.</summary>
internal sealed class ProfileNeighbours : IPeople, IEnterprises, IDivisions, IDevices, IEmployment, IQualifications
{
    private static readonly Division[] Tree =
    [
        new(new DivisionCode("9905"), "Northport", "prefecture", null), new(new DivisionCode("990521"), "Elm", "county", new DivisionCode("9905")),
        new(new DivisionCode("990521001"), "Elmbridge", "town", new DivisionCode("990521")), new(new DivisionCode("990521002"), "Ashford", "town", new DivisionCode("990521")),
    ];

    private readonly Dictionary<EnterpriseId, EnterpriseFacts> _enterprises = [];
    private readonly Dictionary<PersonId, List<CertificateFacts>> _people = [];
    private readonly List<(PersonId Person, Binding Binding)> _bindings = [];
    private readonly Dictionary<string, DeviceFacts> _chips = [];
    private readonly Dictionary<string, DeviceState> _states = [];

    public EnterpriseId AnEnterprise(string division = "990521001")
    {
        var id = new EnterpriseId(Guid.CreateVersion7());
        _enterprises[id] = new EnterpriseFacts(id, "Works " + _enterprises.Count, null, new DivisionCode(division), true);
        return id;
    }

    public void Close(EnterpriseId id) => _enterprises[id] = _enterprises[id] with { IsActive = false };

    public PersonId AWelder(EnterpriseId? enterprise, DateOnly? expiresOn = null)
    {
        var id = new PersonId(Guid.CreateVersion7());
        _people[id] = [new CertificateFacts(Guid.CreateVersion7(), "welding", "fusion", new DateOnly(2039, 1, 1), null, null, expiresOn ?? new DateOnly(2044, 12, 31), false)];
        if (enterprise is { } bound) _bindings.Add((id, new Binding(bound, BindingKind.Permanent, new DateOnly(2039, 1, 1), null)));
        return id;
    }

    public void Revoke(PersonId person) => _people[person] = [.. _people[person].Select(certificate => certificate with { IsRevoked = true })];

    public void Hear(string serial, DateTimeOffset? lastSeen, bool isOnline = false)
    {
        _chips[serial] = new DeviceFacts(new DeviceId(Guid.CreateVersion7()), serial, DeviceKinds.WeldingChip, true);
        _states[serial] = DeviceState.Unknown with { LastSeen = lastSeen, IsOnline = isOnline };
    }

    PersonFacts? IPeople.Find(PersonId person) => _people.ContainsKey(person) ? new PersonFacts(person, "沈*明", "00") : null;

    Task<PersonId?> IPeople.FindByIdentityNumberAsync(string identityNumber, CancellationToken stop) => Task.FromResult<PersonId?>(null);

    bool IPeople.IsNamed(PersonId? person, string? name) => false;

    Task<bool> IPeople.HasIdentityEndingAsync(PersonId? person, string? ending, CancellationToken stop) => Task.FromResult(false);

    bool IPeople.IsWithin(PersonId person, Scope scope) => Within(scope).Contains(person);

    IReadOnlyCollection<PersonId> IPeople.Within(Scope scope) => [.. Within(scope)];

    EnterpriseFacts? IEnterprises.Find(EnterpriseId enterprise) => _enterprises.GetValueOrDefault(enterprise);

    bool IEnterprises.IsWithin(EnterpriseId enterprise, Scope scope) => _enterprises.TryGetValue(enterprise, out var facts) && scope.Covers(facts.Division, enterprise.Value);

    EnterpriseFacts? IEnterprises.FindByCreditCode(string creditCode) => null;

    IReadOnlyList<EnterpriseFacts> IEnterprises.Search(string? text, int most, Scope scope) => [.. _enterprises.Values.Where(e => scope.Covers(e.Division, e.Id.Value)).Take(most)];

    Division? IDivisions.Find(DivisionCode code) => Tree.FirstOrDefault(d => d.Code == code);

    IReadOnlyList<Division> IDivisions.Inside(DivisionCode outer) => [.. Tree.Where(d => d.Parent == outer)];

    IReadOnlyList<Division> IDivisions.All => Tree;

    DeviceFacts? IDevices.Find(DeviceId device) => _chips.Values.FirstOrDefault(c => c.Id == device);

    DeviceFacts? IDevices.FindBySerial(string serial) => _chips.GetValueOrDefault(serial);

    IReadOnlyCollection<DeviceFacts> IDevices.All => _chips.Values;

    DeviceState IDevices.StateOf(string serial) => _states.GetValueOrDefault(serial, DeviceState.Unknown);

    Binding? IEmployment.FindBinding(PersonId person, EnterpriseId enterprise, DateOnly on) => BindingsOf(person, on).FirstOrDefault(b => b.Enterprise == enterprise);

    public IReadOnlyList<Binding> BindingsOf(PersonId person, DateOnly on) => [.. _bindings.Where(b => b.Person == person && b.Binding.From <= on).Select(b => b.Binding)];

    IReadOnlyList<CertificateFacts> IQualifications.CertificatesOf(PersonId person) => _people.GetValueOrDefault(person, []);

    PersonId? IQualifications.FindHolder(string certificateNumber) => null;

    private IEnumerable<PersonId> Within(Scope scope) => scope switch
    {
        { Enterprise: { } enterprise } => _bindings.Where(b => b.Binding.Enterprise.Value == enterprise).Select(b => b.Person).Distinct(),
        { Person: { } own } => _people.Keys.Where(person => person.Value == own),
        { IsAuthority: true } => _people.Keys,
        _ => [],
    };
}
