using System.Collections.Concurrent;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Scopes;

namespace Anlan.Tests.Welding;

/// <summary>What Welding asks of its neighbours, answered from lists that a test changes; counts the questions, so that a fact can change between any two of them.</summary>
internal sealed class FactsBook : IPeople, IEnterprises, IEmployment, IQualifications
{
    private readonly ConcurrentDictionary<PersonId, ConcurrentBag<CertificateFacts>> _certificates = new();
    private readonly ConcurrentDictionary<(PersonId, EnterpriseId), Binding> _bindings = new();
    private readonly ConcurrentDictionary<EnterpriseId, bool> _enterprises = new();
    private int _questions;

    /// <summary>Called after each question with its number.</summary>
    public Action<int>? AfterQuestion { get; set; }

    public int Questions => Volatile.Read(ref _questions);

    public void ResetQuestions() => Volatile.Write(ref _questions, 0);

    public EnterpriseId AnEnterprise()
    {
        var enterprise = new EnterpriseId(Guid.CreateVersion7());
        _enterprises[enterprise] = true;
        return enterprise;
    }

    public PersonId AWelder(EnterpriseId? enterprise, DateOnly? expiresOn = null)
    {
        var person = new PersonId(Guid.CreateVersion7());
        _certificates[person] = [ACertificate(expiresOn ?? new DateOnly(2090, 1, 1))];
        if (enterprise is { } bound) Bind(person, bound);
        return person;
    }

    public static CertificateFacts ACertificate(DateOnly expiresOn, string subItem = "fusion", bool isRevoked = false) =>
        new(Guid.CreateVersion7(), "welding", subItem, new DateOnly(2024, 1, 1), null, null, expiresOn, isRevoked);

    public void SetCertificates(PersonId person, params IReadOnlyList<CertificateFacts> certificates) => _certificates[person] = [.. certificates];

    public void RevokeCertificates(PersonId person) => _certificates[person] = [.. _certificates[person].Select(c => c with { IsRevoked = true })];

    public void Bind(PersonId person, EnterpriseId enterprise) => _bindings[(person, enterprise)] = new Binding(enterprise, BindingKind.Permanent, new DateOnly(2024, 1, 1), null);

    public void Unbind(PersonId person, EnterpriseId enterprise) => _bindings.TryRemove((person, enterprise), out _);

    public void Close(EnterpriseId enterprise) => _enterprises[enterprise] = false;

    PersonFacts? IPeople.Find(PersonId person) => Answer(_certificates.ContainsKey(person) ? new PersonFacts(person, "沈*明", new string('0', 64)) : null);

    bool IPeople.IsNamed(PersonId? person, string? name) => false;

    Task<bool> IPeople.HasIdentityEndingAsync(PersonId? person, string? ending, CancellationToken stop) => Task.FromResult(false);

    Task<PersonId?> IPeople.FindByIdentityNumberAsync(string identityNumber, CancellationToken stop) => Task.FromResult<PersonId?>(null);

    EnterpriseFacts? IEnterprises.Find(EnterpriseId enterprise) =>
        Answer(_enterprises.TryGetValue(enterprise, out var isActive) ? new EnterpriseFacts(enterprise, "Works", null, new DivisionCode("990521"), isActive) : null);

    bool IPeople.IsWithin(PersonId person, Scope scope) => scope.IsAuthority;

    IReadOnlyCollection<PersonId> IPeople.Within(Scope scope) => scope.IsAuthority ? [.. _certificates.Keys] : [];

    bool IEnterprises.IsWithin(EnterpriseId enterprise, Scope scope) => scope.Covers(new DivisionCode("990521"), enterprise.Value);

    EnterpriseFacts? IEnterprises.FindByCreditCode(string creditCode) => null;

    IReadOnlyList<EnterpriseFacts> IEnterprises.Search(string? text, int most, Scope scope) => [];

    Binding? IEmployment.FindBinding(PersonId person, EnterpriseId enterprise, DateOnly on) => Answer(_bindings.GetValueOrDefault((person, enterprise)));

    IReadOnlyList<Binding> IEmployment.BindingsOf(PersonId person, DateOnly on) => [.. _bindings.Where(b => b.Key.Item1 == person).Select(b => b.Value)];

    IReadOnlyList<CertificateFacts> IQualifications.CertificatesOf(PersonId person) => Answer<IReadOnlyList<CertificateFacts>>(_certificates.TryGetValue(person, out var held) ? [.. held] : []);

    PersonId? IQualifications.FindHolder(string certificateNumber) => null;

    private T Answer<T>(T answer)
    {
        var number = Interlocked.Increment(ref _questions);
        AfterQuestion?.Invoke(number);
        return answer;
    }
}
