using System.Globalization;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Kernel.Divisions;

namespace Anlan.Tests.Accounts;

/// <summary>What Accounts asks of other modules, answered from lists that a test fills.</summary>
internal sealed class Neighbours : IPeople, IEnterprises, IEmployment, IQualifications
{
    private readonly Dictionary<PersonId, string> _certificates = [];
    private readonly HashSet<PersonId> _people = [];
    private readonly HashSet<EnterpriseId> _enterprises = [];
    private readonly HashSet<(PersonId, EnterpriseId)> _bindings = [];

    public PersonId APerson()
    {
        var person = new PersonId(Guid.CreateVersion7());
        _people.Add(person);
        return person;
    }

    public PersonId ACertifiedWelder(EnterpriseId? boundTo = null)
    {
        var person = APerson();
        _certificates[person] = string.Create(CultureInfo.InvariantCulture, $"T{_certificates.Count + 1:0000000000}");
        if (boundTo is { } enterprise) _bindings.Add((person, enterprise));
        return person;
    }

    public EnterpriseId AnEnterprise()
    {
        var enterprise = new EnterpriseId(Guid.CreateVersion7());
        _enterprises.Add(enterprise);
        return enterprise;
    }

    public string NumberOf(PersonId person) => _certificates[person];

    PersonFacts? IPeople.Find(PersonId person) => _people.Contains(person) ? new PersonFacts(person, "W*r", "00") : null;

    Task<PersonId?> IPeople.FindByIdentityNumberAsync(string identityNumber, CancellationToken stop) => Task.FromResult<PersonId?>(null);

    EnterpriseFacts? IEnterprises.Find(EnterpriseId enterprise) => _enterprises.Contains(enterprise) ? new EnterpriseFacts(enterprise, "Works", null, new DivisionCode("990521"), true) : null;

    IReadOnlyList<EnterpriseFacts> IEnterprises.Search(string? text, int most) => [];

    Binding? IEmployment.FindBinding(PersonId person, EnterpriseId enterprise, DateOnly on) =>
        _bindings.Contains((person, enterprise)) ? new Binding(enterprise, BindingKind.Permanent, on, null) : null;

    IReadOnlyList<Binding> IEmployment.BindingsOf(PersonId person, DateOnly on) =>
        [.. _bindings.Where(b => b.Item1 == person).Select(b => new Binding(b.Item2, BindingKind.Permanent, on, null))];

    IReadOnlyList<CertificateFacts> IQualifications.CertificatesOf(PersonId person) => _certificates.ContainsKey(person)
        ? [new CertificateFacts(Guid.Empty, "welding", "fusion", new DateOnly(2038, 1, 1), null, null, new DateOnly(2044, 1, 1), false)]
        : [];

    PersonId? IQualifications.FindHolder(string certificateNumber) => _certificates.FirstOrDefault(c => c.Value == certificateNumber) is { Value: not null } found ? found.Key : null;
}
