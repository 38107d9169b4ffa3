using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Scopes;

namespace Anlan.Tests.ConfinedSpaces.Spaces;

/// <summary>What the ledger asks of other modules, answered from lists that a test fills.</summary>
internal sealed class SpaceNeighbours : IPeople, IEmployment, IEnterprises, IDivisions
{
    public const string IdentityNumber = "990000198506151232";

    private static readonly Division[] Tree =
    [
        new(new DivisionCode("9905"), "Northport", "prefecture", null),
        new(new DivisionCode("990521"), "Elm", "county", new DivisionCode("9905")),
        new(new DivisionCode("990521001"), "Elmbridge", "town", new DivisionCode("990521")),
        new(new DivisionCode("990521002"), "Elmford", "town", new DivisionCode("990521")),
        new(new DivisionCode("990522"), "Oak", "county", new DivisionCode("9905")),
    ];

    private readonly Dictionary<EnterpriseId, EnterpriseFacts> _enterprises = [];
    private readonly Dictionary<PersonId, EnterpriseId?> _people = [];
    private PersonId? _numbered;

    public EnterpriseId AnEnterprise(string name = "Dyers")
    {
        var id = new EnterpriseId(Guid.CreateVersion7());
        _enterprises[id] = new EnterpriseFacts(id, name, null, new DivisionCode("990521"), true);
        return id;
    }

    public void Close(EnterpriseId id) => _enterprises[id] = _enterprises[id] with { IsActive = false };

    /// <summary>A person; the last one with a number is found by it.</summary>
    public PersonId APerson(EnterpriseId? employer, bool hasNumber = false)
    {
        var id = new PersonId(Guid.CreateVersion7());
        _people[id] = employer;
        if (hasNumber) _numbered = id;
        return id;
    }

    public void Leaves(PersonId person) => _people[person] = null;

    PersonFacts? IPeople.Find(PersonId person) => _people.ContainsKey(person) ? new PersonFacts(person, "S* Ming", "00") : null;

    bool IPeople.IsWithin(PersonId person, Scope scope) => _people.TryGetValue(person, out var employer) && (employer is null ? scope.IsAuthority : scope.Covers(new DivisionCode("990521"), employer.Value.Value));

    IReadOnlyCollection<PersonId> IPeople.Within(Scope scope) => [.. _people.Keys.Where(person => ((IPeople)this).IsWithin(person, scope))];

    Task<PersonId?> IPeople.FindByIdentityNumberAsync(string identityNumber, CancellationToken stop) => Task.FromResult(identityNumber == IdentityNumber ? _numbered : null);

    bool IPeople.IsNamed(PersonId? person, string? name) => false;

    Task<bool> IPeople.HasIdentityEndingAsync(PersonId? person, string? ending, CancellationToken stop) => Task.FromResult(false);

    Binding? IEmployment.FindBinding(PersonId person, EnterpriseId enterprise, DateOnly on) =>
        _people.TryGetValue(person, out var employer) && employer == enterprise ? new Binding(enterprise, BindingKind.Permanent, new DateOnly(2039, 1, 1), null) : null;

    IReadOnlyList<Binding> IEmployment.BindingsOf(PersonId person, DateOnly on) => [];

    EnterpriseFacts? IEnterprises.Find(EnterpriseId enterprise) => _enterprises.GetValueOrDefault(enterprise);

    bool IEnterprises.IsWithin(EnterpriseId enterprise, Scope scope) => _enterprises.TryGetValue(enterprise, out var facts) && scope.Covers(facts.Division, enterprise.Value);

    EnterpriseFacts? IEnterprises.FindByCreditCode(string creditCode) => null;

    IReadOnlyList<EnterpriseFacts> IEnterprises.Search(string? text, int most, Scope scope) => [.. _enterprises.Values.Where(e => scope.Covers(e.Division, e.Id.Value)).Where(e => text is null || e.Name.Contains(text, StringComparison.Ordinal)).Take(most)];

    Division? IDivisions.Find(DivisionCode code) => Tree.FirstOrDefault(d => d.Code == code);

    IReadOnlyList<Division> IDivisions.Inside(DivisionCode outer) => [.. Tree.Where(d => d.Parent == outer)];

    IReadOnlyList<Division> IDivisions.All => Tree;
}
