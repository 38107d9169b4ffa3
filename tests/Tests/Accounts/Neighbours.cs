using System.Globalization;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Messages;
using Anlan.Contracts.Training;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Scopes;

namespace Anlan.Tests.Accounts;

/// <summary>What Accounts asks of other modules, answered from lists that a test fills.</summary>
internal sealed class Neighbours : IPeople, IEnterprises, IEmployment, IQualifications, IDivisions, IContacts, IMessages
{
    private static readonly Division[] Tree =
    [
        new(new DivisionCode("9905"), "Northport", "prefecture", null),
        new(new DivisionCode("990521"), "Elm", "county", new DivisionCode("9905")),
        new(new DivisionCode("990521001"), "Elmbridge", "town", new DivisionCode("990521")),
        new(new DivisionCode("990521002"), "Elmgrove", "town", new DivisionCode("990521")),
    ];

    /// <summary>Everybody's whole name.</summary>
    public const string WholeName = "Wang Welder";

    /// <summary>The end of everybody's identity number.</summary>
    public const string IdentityEnding = "123X";

    private readonly Dictionary<PersonId, string> _certificates = [];
    private readonly HashSet<PersonId> _people = [];
    private readonly HashSet<EnterpriseId> _enterprises = [];
    private readonly HashSet<(PersonId, EnterpriseId)> _bindings = [];

    /// <summary>Mobile numbers; whoever is not here has none.</summary>
    public Dictionary<PersonId, string> Mobiles { get; } = [];

    /// <summary>Messages that were asked for.</summary>
    public List<(string To, string Text, MessageCause Cause)> Sent { get; } = [];

    Task<string?> IContacts.FindMobileAsync(PersonId person, CancellationToken stop) => Task.FromResult(Mobiles.GetValueOrDefault(person));

    Guid IMessages.SendText(string phone, string text, MessageCause cause) => Keep(phone, text, cause);

    Guid IMessages.SendMail(string address, string title, string text, MessageCause cause) => Keep(address, text, cause);

    Guid IMessages.SendRobot(string robot, string text, MessageCause cause) => Keep(robot, text, cause);

    private Guid Keep(string address, string text, MessageCause cause)
    {
        Sent.Add((address, text, cause));
        return Guid.CreateVersion7();
    }

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

    bool IPeople.IsNamed(PersonId? person, string? name) => person is { } known && _people.Contains(known) && name?.Trim() == WholeName;

    Task<bool> IPeople.HasIdentityEndingAsync(PersonId? person, string? ending, CancellationToken stop) => Task.FromResult(person is { } known && _people.Contains(known) && ending == IdentityEnding);

    Task<PersonId?> IPeople.FindByIdentityNumberAsync(string identityNumber, CancellationToken stop) => Task.FromResult<PersonId?>(null);

    EnterpriseFacts? IEnterprises.Find(EnterpriseId enterprise) => _enterprises.Contains(enterprise) ? new EnterpriseFacts(enterprise, "Works", null, new DivisionCode("990521"), true) : null;

    bool IPeople.IsWithin(PersonId person, Scope scope) =>
        scope.IsAuthority || _bindings.Any(b => b.Item1 == person && scope.Covers(null, b.Item2.Value));

    IReadOnlyCollection<PersonId> IPeople.Within(Scope scope) => [.. _people.Where(person => ((IPeople)this).IsWithin(person, scope))];

    bool IEnterprises.IsWithin(EnterpriseId enterprise, Scope scope) => _enterprises.Contains(enterprise) && scope.Covers(new DivisionCode("990521"), enterprise.Value);

    EnterpriseFacts? IEnterprises.FindByCreditCode(string creditCode) => null;

    IReadOnlyList<EnterpriseFacts> IEnterprises.Search(string? text, int most, Scope scope) => [];

    Division? IDivisions.Find(DivisionCode code) => Tree.FirstOrDefault(d => d.Code == code);

    IReadOnlyList<Division> IDivisions.Inside(DivisionCode outer) => [.. Tree.Where(d => d.Parent == outer)];

    IReadOnlyList<Division> IDivisions.All => Tree;

    Binding? IEmployment.FindBinding(PersonId person, EnterpriseId enterprise, DateOnly on) =>
        _bindings.Contains((person, enterprise)) ? new Binding(enterprise, BindingKind.Permanent, on, null) : null;

    IReadOnlyList<Binding> IEmployment.BindingsOf(PersonId person, DateOnly on) =>
        [.. _bindings.Where(b => b.Item1 == person).Select(b => new Binding(b.Item2, BindingKind.Permanent, on, null))];

    IReadOnlyList<CertificateFacts> IQualifications.CertificatesOf(PersonId person) => _certificates.ContainsKey(person)
        ? [new CertificateFacts(Guid.Empty, "welding", "fusion", new DateOnly(2038, 1, 1), null, null, new DateOnly(2044, 1, 1), false)]
        : [];

    PersonId? IQualifications.FindHolder(string certificateNumber) => _certificates.FirstOrDefault(c => c.Value == certificateNumber) is { Value: not null } found ? found.Key : null;
}
