namespace Anlan.Contracts.Accounts;

/// <summary>Codes of the built-in roles, for a module to say who holds its permissions by default. What a role may do is data: see <see cref="IRoles"/>.</summary>
public static class RoleNames
{
    /// <summary>Staff of the city bureau.</summary>
    public const string CityBureau = "city-bureau";

    /// <summary>Office of the city safety committee.</summary>
    public const string SafetyCommitteeOffice = "safety-committee-office";

    /// <summary>Staff of a county bureau.</summary>
    public const string CountyBureau = "county-bureau";

    /// <summary>Staff of a functional zone's committee.</summary>
    public const string ZoneCommittee = "zone-committee";

    /// <summary>Staff of a town station.</summary>
    public const string TownStation = "town-station";

    /// <summary>Fire and rescue.</summary>
    public const string FireBrigade = "fire-brigade";

    /// <summary>Departments of joint enforcement: police, urban management, market supervision, construction, education.</summary>
    public const string JointDepartment = "joint-department";

    /// <summary>Gives advice to an organ, closes nothing.</summary>
    public const string ExternalExpert = "external-expert";

    /// <summary>Carries out cases for an organ.</summary>
    public const string EnforcementOfficer = "enforcement-officer";

    /// <summary>Fits chips to machines.</summary>
    public const string Installer = "installer";

    /// <summary>Organises exams.</summary>
    public const string ExamOfficer = "exam-officer";

    /// <summary>Watches over exams.</summary>
    public const string Invigilator = "invigilator";

    /// <summary>Assesses practical exams.</summary>
    public const string Assessor = "assessor";

    /// <summary>Walks the blocks for a town station.</summary>
    public const string GridWorker = "grid-worker";

    /// <summary>The one who answers for an enterprise.</summary>
    public const string PrincipalResponsible = "principal-responsible";

    /// <summary>Safety manager of one enterprise.</summary>
    public const string SafetyManager = "safety-manager";

    /// <summary>Approves permits in an enterprise.</summary>
    public const string PermitApprover = "permit-approver";

    /// <summary>Teaches for a training institution.</summary>
    public const string Trainer = "trainer";

    /// <summary>Manages a property.</summary>
    public const string PropertyManager = "property-manager";

    /// <summary>Runs charging sites.</summary>
    public const string ChargeOperator = "charge-operator";

    /// <summary>Head of a school.</summary>
    public const string School = "school";

    /// <summary>Safety officer of a school.</summary>
    public const string SchoolSafetyOfficer = "school-safety-officer";

    /// <summary>Welder.</summary>
    public const string Welder = "welder";

    /// <summary>Watches over work in confined spaces.</summary>
    public const string Attendant = "attendant";

    /// <summary>Enters confined spaces.</summary>
    public const string Entrant = "entrant";

    /// <summary>Tests gas.</summary>
    public const string GasTester = "gas-tester";

    /// <summary>Rescues.</summary>
    public const string Rescuer = "rescuer";

    /// <summary>Learns.</summary>
    public const string Trainee = "trainee";

    /// <summary>Resident.</summary>
    public const string Resident = "resident";

    /// <summary>Whoever comes without an account.</summary>
    public const string Public = "public";

    /// <summary>Runs the installation: organs, settings, calendar, events.</summary>
    public const string SystemAdministrator = "system-administrator";

    /// <summary>Accounts, roles, keys, resets.</summary>
    public const string SecurityAdministrator = "security-administrator";

    /// <summary>Reads what everybody did.</summary>
    public const string AuditAdministrator = "audit-administrator";

    /// <summary>The organs of emergency management that supervise, city to town.</summary>
    public static IReadOnlyList<string> Bureaus { get; } = [CityBureau, CountyBureau, ZoneCommittee, TownStation];

    /// <summary>All who act for an organ at a desk.</summary>
    public static IReadOnlyList<string> Organs { get; } =
        [.. Bureaus, SafetyCommitteeOffice, FireBrigade, JointDepartment, ExternalExpert, EnforcementOfficer, Installer, ExamOfficer, Invigilator, Assessor, GridWorker];

    /// <summary>All who act for an enterprise at a desk.</summary>
    public static IReadOnlyList<string> Enterprises { get; } =
        [PrincipalResponsible, SafetyManager, PermitApprover, Trainer, PropertyManager, ChargeOperator, School, SchoolSafetyOfficer];

    /// <summary>The three administrations.</summary>
    public static IReadOnlyList<string> Administrators { get; } = [SystemAdministrator, SecurityAdministrator, AuditAdministrator];
}
