using Anlan.Contracts.Accounts;
using Anlan.Contracts.Devices;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Places;
using Anlan.Kernel.Time;
using Anlan.Welding.Loans;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Microsoft.Extensions.Options;

namespace Anlan.Welding.Interlock;

/// <summary>Gathers the facts of this moment from their owners; nothing is kept.</summary>
internal sealed class FactsReader(
    MachineIndex machines, IDevices devices, IPeople people, IEnterprises enterprises, IEmployment employment, IQualifications qualifications,
    LoanIndex loans, OpenSessions sessions, WeldingRules rules, CityCalendar calendar, IOptions<WeldingOptions> options)
{
    /// <summary>The facts for a start.</summary>
    public StartFacts ForStart(MachineId machine, PersonId? person, PersonProof? proof, GeoPoint? phone, DateTimeOffset now) =>
        Read(machine, person, now) with { Proof = proof, Phone = phone, IsPhonePlaceRequired = options.Value.DemandPhonePosition };

    /// <summary>The facts for judging an open session again.</summary>
    public StartFacts ForSession(OpenSession session, DateTimeOffset now) => Read(session.Machine, session.Person, now) with { Renews = session.Session };

    /// <summary>Highest grant counter that a chip reported (CHIP-GRANT-12).</summary>
    public long LastCounterOf(string chip) => devices.StateOf(chip).LastCounter;

    /// <summary>True while the chip has a connection.</summary>
    public bool IsOnline(string chip) => devices.StateOf(chip).IsOnline;

    /// <summary>What the rule book demands of a machine at a moment.</summary>
    public WeldingLimits RulesFor(MachineId machine, DateTimeOffset now) => rules.For(machine, calendar.DateOf(now));

    private StartFacts Read(MachineId id, PersonId? person, DateTimeOffset now)
    {
        var today = calendar.DateOf(now);
        // A rented or lent machine is used by whom the loan names on this very day, whatever the registry has heard yet.
        var machine = machines.Find(id) is { } registered ? registered with { UserEnterprise = loans.UserOf(id, registered.UserEnterprise, today) } : null;
        return new StartFacts
        {
            Rules = rules.For(machine, today),
            Machine = machine,
            Device = machine?.Chip is { } serial ? devices.FindBySerial(serial) : null,
            Chip = machine?.Chip is { } chip ? devices.StateOf(chip) : DeviceState.Unknown,
            Person = person is { } p ? people.Find(p) : null,
            Proof = null,
            Enterprise = machine is null ? null : enterprises.Find(machine.UserEnterprise),
            Binding = machine is not null && person is { } bound ? employment.FindBinding(bound, machine.UserEnterprise, today) : null,
            Certificates = person is { } holder ? qualifications.CertificatesOf(holder) : [],
            SessionOfPerson = person is { } welder ? sessions.Of(welder) : null,
            SessionAtMachine = sessions.At(id),
            Today = today,
            Now = now,
        };
    }
}
