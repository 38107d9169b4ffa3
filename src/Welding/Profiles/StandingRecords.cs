using Anlan.Contracts.Devices;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Rules;
using Anlan.Kernel.Scopes;
using Anlan.Kernel.Time;
using Anlan.Welding.Interlock;
using Anlan.Welding.Machines;

namespace Anlan.Welding.Profiles;

/// <summary>The records that stand at this moment: machines, certificates and bindings, from their owners' memory.</summary>
internal sealed class StandingRecords(MachineIndex machines, IDevices devices, IEnterprises enterprises, IPeople people, IEmployment employment, IQualifications qualifications, RuleBook book, CityCalendar calendar)
{
    // Whatever some kind of machine asks for.
    private static readonly HashSet<string> SubItems = [.. Enum.GetValues<MachineKind>().SelectMany(WeldingRules.SubItemsFor)];

    /// <summary>The records of a dimension; empty for those whose records lie in tables.</summary>
    public IReadOnlyList<ProfileRecord> Of(ProfileSubject subject, Guid id, string dimension, ProfileFormula formula) => (subject, dimension) switch
    {
        (ProfileSubject.Machine or ProfileSubject.Enterprise, Dimensions.Machines) => [.. MachinesOf(subject, id).OrderBy(machine => machine.Code, StringComparer.Ordinal).Select(Of)],
        (ProfileSubject.Machine or ProfileSubject.Enterprise, Dimensions.Incidents) =>
            [.. MachinesOf(subject, id).Where(machine => machine.Chip is not null).OrderBy(machine => machine.Code, StringComparer.Ordinal).Select(machine => new ProfileRecord("chip", []) { Machine = machine.Id })],
        (ProfileSubject.Welder, Dimensions.Certificates) => [.. CertificatesOf(new PersonId(id))],
        (ProfileSubject.Enterprise, Dimensions.Certificates) => [.. StaffOf(new EnterpriseId(id)).SelectMany(bound => CertificatesOf(bound.Person))],
        (ProfileSubject.Welder, Dimensions.Staff) => [.. employment.BindingsOf(new PersonId(id), calendar.Today).Select(binding => Of(new PersonId(id), binding, isWelderNeeded: false, formula))],
        (ProfileSubject.Enterprise, Dimensions.Staff) => [.. StaffOf(new EnterpriseId(id)).Where(bound => IsWelder(bound.Person)).Select(bound => Of(bound.Person, bound.Binding, isWelderNeeded: true, formula))],
        _ => [],
    };

    /// <summary>The machine, or those that the enterprise uses; scrapped ones do not count.</summary>
    public IEnumerable<MachineFacts> MachinesOf(ProfileSubject subject, Guid id) =>
        (subject == ProfileSubject.Enterprise ? machines.UsedBy(new EnterpriseId(id)) : machines.Find(new MachineId(id)) is { } machine ? [machine] : []).Where(machine => machine.ScrapReason is null);

    /// <summary>True for whoever holds or held a welding certificate.</summary>
    public bool IsWelder(PersonId person) => qualifications.CertificatesOf(person).Any(certificate => certificate.Category == WeldingRules.Category);

    /// <summary>True when somebody is bound to the enterprise today whose welding certificate is in force.</summary>
    public bool HasWelder(EnterpriseId enterprise) => StaffOf(enterprise).Any(bound => IsCertified(bound.Person));

    /// <summary>For how long a chip may be off-line before its machine is out of hand.</summary>
    public RuleAnswer OfflineLong(MachineFacts machine) => book.Demand(WeldingQuestions.OfflineLong, new RuleCase(calendar.Today) { Place = machine.Division });

    /// <summary>True when the machine's chip has been off-line for too long; a chip that never spoke is another matter.</summary>
    public bool IsOfflineLong(MachineFacts machine) =>
        machine.Chip is { } serial && devices.StateOf(serial) is { IsOnline: false, LastSeen: { } seen } && calendar.Now - seen > OfflineLong(machine).Span;

    /// <summary>True when the chip was never heard.</summary>
    public bool IsNeverHeard(MachineFacts machine) => machine.Chip is { } serial && devices.StateOf(serial).LastSeen is null;

    /// <summary>When the machine's chip was last heard, or null.</summary>
    public DateTimeOffset? LastHeard(MachineFacts machine) => machine.Chip is { } serial ? devices.StateOf(serial).LastSeen : null;

    /// <summary>Where most of a subject is and of what kind it is: with whom it may be compared; null when it is nowhere.</summary>
    public string? PeersOf(ProfileSubject subject, Guid id, ProfileFormula formula) => subject switch
    {
        ProfileSubject.Machine => machines.Find(new MachineId(id)) is { } machine ? $"{CountyOf(machine.Division.Value)}/{machine.Kind}" : null,
        ProfileSubject.Enterprise => enterprises.Find(new EnterpriseId(id)) is { } enterprise ? $"{CountyOf(enterprise.Division.Value)}/{formula.MachineSizes.Count(least => MachinesOf(subject, id).Count() >= least)}" : null,
        _ => employment.BindingsOf(new PersonId(id), calendar.Today).Select(binding => enterprises.Find(binding.Enterprise)).OfType<EnterpriseFacts>().Select(enterprise => $"{CountyOf(enterprise.Division.Value)}/").Order(StringComparer.Ordinal).FirstOrDefault(),
    };

    private static string CountyOf(string division) => division[..Math.Min(6, division.Length)];

    private IEnumerable<(PersonId Person, Binding Binding)> StaffOf(EnterpriseId enterprise) =>
        from person in people.Within(Scope.OfEnterprise(enterprise.Value))
        let binding = employment.FindBinding(person, enterprise, calendar.Today)
        where binding is not null
        orderby person.Value
        select (person, binding);

    private ProfileRecord Of(MachineFacts machine)
    {
        var findings = new List<string>();
        if (machine.Chip is null) findings.Add(Findings.Unchipped);
        else if (IsNeverHeard(machine)) findings.Add(Findings.NeverHeard);
        else if (IsOfflineLong(machine)) findings.Add(Findings.OfflineLong);
        if (machine.LockReason is not null) findings.Add(Findings.Locked);
        return new ProfileRecord("machine", findings) { Machine = machine.Id, At = LastHeard(machine) };
    }

    private IEnumerable<ProfileRecord> CertificatesOf(PersonId person) =>
        from certificate in qualifications.CertificatesOf(person)
        where certificate.Category == WeldingRules.Category
        orderby certificate.ExpiresOn, certificate.Id
        select new ProfileRecord("certificate", FindingOf(certificate) is { } finding ? [finding] : []) { Person = person, Id = certificate.Id, Until = certificate.ExpiresOn };

    private ProfileRecord Of(PersonId person, Binding binding, bool isWelderNeeded, ProfileFormula formula)
    {
        var findings = new List<string>();
        if (isWelderNeeded && !IsCertified(person)) findings.Add(Findings.Uncertified);
        if (binding.To <= calendar.Today.AddDays(formula.BindingSoonDays)) findings.Add(Findings.EndingSoon);
        return new ProfileRecord("binding", findings) { Person = person, Until = binding.To };
    }

    private bool IsCertified(PersonId person) =>
        qualifications.CertificatesOf(person).Any(certificate => certificate.Category == WeldingRules.Category && SubItems.Contains(certificate.SubItem) && FindingOf(certificate) is null or Findings.DueSoon);

    // As the owner of certificates judges them: each by the rules of the day that they name.
    private string? FindingOf(CertificateFacts certificate)
    {
        var today = calendar.Today;
        if (certificate.IsRevoked) return Findings.Revoked;
        if (certificate.ExpiresOn < today) return Findings.Expired;
        var soon = today.AddDays(book.Ask(CertificateQuestions.Reminder, new RuleCase(today)) is { } reminder ? (int)reminder.Limit : 0);
        if (certificate.ReviewDueOn is { } due && due <= soon && IsReviewed(certificate, due)) return due < today ? Findings.ReviewOverdue : Findings.DueSoon;
        return certificate.ExpiresOn <= soon ? Findings.DueSoon : null;
    }

    private bool IsReviewed(CertificateFacts certificate, DateOnly due) =>
        book.Ask(CertificateQuestions.Review, new RuleCase(due) { Subject = WeldingRules.Category }.On(CertificateQuestions.ReviewDueOn, due).On(CertificateQuestions.IssuedOn, certificate.IssuedOn)) is { IsDemanded: true };
}
