using Anlan.Contracts.Accounts;
using Anlan.Contracts.Training;

namespace Anlan.Welding.Interlock;

/// <summary>What Welding asks the rule book. The answers lie in <c>rules.json</c>, in the city's pack and in the operator's folder.</summary>
internal static class WeldingQuestions
{
    public const string Machine = "welding.machine";
    public const string ChipOnline = "welding.chipOnline";
    public const string ChipTamper = "welding.chipTamper";
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

    /// <summary>All of them, and what is asked of other modules' chapters.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Machine, ChipOnline, ChipTamper, MachineLock, Binding, Enterprise, OneSession, Fence, FenceUsual, FenceLeast, FenceMost, PlaceAge, PhoneDistance, Lease, Session, StartWindow,
        RenewalWindow, LeaseGrace, ProofQuestions.Age, CertificateQuestions.Held, CertificateQuestions.Category, CertificateQuestions.Validity, CertificateQuestions.Revoked,
        CertificateQuestions.Review,
    ];
}
