using Anlan.Contracts.Accounts;
using Anlan.Contracts.Training;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Rules;
using Anlan.Welding.Machines;

namespace Anlan.Welding.Interlock;

/// <summary>
/// What the rule book demands of starts on one day, in one place, of one kind of machine: asked once, then kept, so that a decision reads
/// fields and looks nothing up.
/// </summary>
internal sealed class WeldingLimits
{
    private readonly RuleBook _book;
    private readonly RuleCase _case;

    /// <exception cref="InvalidOperationException">Something that a start needs has no rule on that day; nothing is granted then.</exception>
    public WeldingLimits(RuleBook book, DateOnly day, DivisionCode? place, MachineKind? kind)
    {
        _book = book;
        _case = new RuleCase(day) { Place = place, Subject = kind is { } known ? SubjectOf(known) : null };
        Machine = Demand(WeldingQuestions.Machine);
        ChipOnline = Demand(WeldingQuestions.ChipOnline);
        ChipTamper = Demand(WeldingQuestions.ChipTamper);
        Fitting = Demand(WeldingQuestions.Fitting);
        MachineLock = Demand(WeldingQuestions.MachineLock);
        Binding = Demand(WeldingQuestions.Binding);
        Enterprise = Demand(WeldingQuestions.Enterprise);
        OneSession = Demand(WeldingQuestions.OneSession);
        Fence = Demand(WeldingQuestions.Fence);
        (PlaceAge, PlaceAgeRule) = Span(WeldingQuestions.PlaceAge);
        (ProofAge, ProofAgeRule) = Span(ProofQuestions.Age);
        PhoneDistance = Demand(WeldingQuestions.PhoneDistance);
        (Lease, _) = Span(WeldingQuestions.Lease);
        (Session, _) = Span(WeldingQuestions.Session);
        (StartWindow, _) = Span(WeldingQuestions.StartWindow);
        (RenewalWindow, _) = Span(WeldingQuestions.RenewalWindow);
        (LeaseGrace, _) = Span(WeldingQuestions.LeaseGrace);
    }

    /// <summary>What the rules call a kind of machine.</summary>
    public static string SubjectOf(MachineKind kind) => kind == MachineKind.Gas ? "gas" : "electric";

    public RuleAnswer Machine { get; }

    public RuleAnswer ChipOnline { get; }

    public RuleAnswer ChipTamper { get; }

    public RuleAnswer Fitting { get; }

    public RuleAnswer MachineLock { get; }

    public RuleAnswer Binding { get; }

    public RuleAnswer Enterprise { get; }

    public RuleAnswer OneSession { get; }

    public RuleAnswer Fence { get; }

    /// <summary>Longest age of the chip's position at a start.</summary>
    public TimeSpan PlaceAge { get; }

    public RuleAnswer PlaceAgeRule { get; }

    /// <summary>Longest age of a proof of person.</summary>
    public TimeSpan ProofAge { get; }

    public RuleAnswer ProofAgeRule { get; }

    /// <summary>How far the phone may be from the machine, beyond the machine's own fence.</summary>
    public RuleAnswer PhoneDistance { get; }

    /// <summary>Longest lease.</summary>
    public TimeSpan Lease { get; }

    /// <summary>Longest session.</summary>
    public TimeSpan Session { get; }

    /// <summary>Window in which the chip may accept a start.</summary>
    public TimeSpan StartWindow { get; }

    /// <summary>Window in which the chip may accept a renewal.</summary>
    public TimeSpan RenewalWindow { get; }

    /// <summary>How long after the end of a lease a silent chip counts as off.</summary>
    public TimeSpan LeaseGrace { get; }

    /// <summary>A refusal by the rules about certificates, which name their own dates; asked when a certificate is in the way, never on the way to a grant.</summary>
    public Refusal OfCertificate(string question, string code, CertificateFacts? certificate, FactValue? measured = null, FactValue? limit = null) =>
        Ask(question, certificate) is { } answer ? answer.Refuse(code, measured, limit) : new Refusal(code) { Measured = measured, Limit = limit };

    /// <summary>The rules that demand a review due on the certificate's day, or null when none is demanded: the day on which it is due decides which order speaks.</summary>
    public RuleAnswer? ReviewOf(CertificateFacts certificate) => Ask(CertificateQuestions.Review, certificate) is { IsDemanded: true } answer ? answer : null;

    private RuleAnswer? Ask(string question, CertificateFacts? certificate)
    {
        var about = _case with { Subject = WeldingRules.Category };
        if (certificate is not null) about = about.On(CertificateQuestions.IssuedOn, certificate.IssuedOn);
        if (certificate?.ReviewDueOn is { } due) about = about.On(CertificateQuestions.ReviewDueOn, due);
        return _book.Ask(question, about);
    }

    private RuleAnswer Demand(string question) => _book.Demand(question, _case);

    private (TimeSpan Span, RuleAnswer Answer) Span(string question) => Demand(question) is var answer ? (answer.Span, answer) : default;
}
