using Anlan.Contracts.Accounts;
using Anlan.Contracts.Training;
using Anlan.Welding.Alarms;
using Anlan.Welding.Fitting;

namespace Anlan.Welding.Interlock;

/// <summary>What Welding asks the rule book. The answers lie in <c>rules.json</c>, in the city's pack and in the operator's folder.</summary>
internal static class WeldingQuestions
{
    public const string Machine = "welding.machine";
    public const string ChipOnline = "welding.chipOnline";
    public const string ChipTamper = "welding.chipTamper";
    public const string Fitting = "welding.fitting";
    public const string MachineLock = "welding.machineLock";
    public const string Binding = "welding.binding";
    public const string Enterprise = "welding.enterprise";
    public const string OneSession = "welding.oneSession";
    public const string Fence = "welding.fence";
    public const string FenceUsual = "welding.fenceUsual";
    public const string FenceLeast = "welding.fenceLeast";
    public const string FenceMost = "welding.fenceMost";
    public const string PlaceAge = "welding.placeAge";
    public const string PhoneDistance = "welding.phoneDistance";
    public const string Lease = "welding.lease";
    public const string Session = "welding.session";
    public const string StartWindow = "welding.startWindow";
    public const string RenewalWindow = "welding.renewalWindow";
    public const string LeaseGrace = "welding.leaseGrace";

    public const string OfflineLong = "welding.offlineLong";

    /// <summary>All of them, and what is asked of other modules' chapters.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Machine, ChipOnline, ChipTamper, MachineLock, Binding, Enterprise, OneSession, Fence, FenceUsual, FenceLeast, FenceMost, PlaceAge, PhoneDistance, Lease, Session, StartWindow,
        RenewalWindow, LeaseGrace, OfflineLong, Fitting, .. FittingQuestions.All, .. AlarmLimits.All, CertificateQuestions.Reminder, ProofQuestions.Age, CertificateQuestions.Held, CertificateQuestions.Category, CertificateQuestions.Validity, CertificateQuestions.Revoked,
        CertificateQuestions.Review,
    ];

    /// <summary>
    /// The question behind a reason for which a session ended or a start was refused; null where no rule decides, and where the rule hangs on a date of the certificate that the reason does not tell.
    /// </summary>
    public static string? BehindReason(string? reason) => reason switch
    {
        "leaseEnd" => Lease,
        "MachineUnknown" or "MachineScrapped" or "ChipMissing" => Machine,
        "ChipOffline" or "ChipDisabled" => ChipOnline,
        "ChipTampered" or "tamper" => ChipTamper,
        "FittingNotActive" => Fitting,
        "MachineLocked" => MachineLock,
        "NotBoundToEnterprise" => Binding,
        "EnterpriseInactive" => Enterprise,
        "MachineInUse" or "SessionOpenElsewhere" => OneSession,
        "OutsideFence" => Fence,
        "TooFarFromMachine" or "PhonePlaceMissing" => PhoneDistance,
        "IdentityFailed" or "ProofTooOld" => ProofQuestions.Age,
        "CertificateNotFound" => CertificateQuestions.Held,
        "CategoryMismatch" => CertificateQuestions.Category,
        "CertificateRevoked" => CertificateQuestions.Revoked,
        _ => null,
    };
}
