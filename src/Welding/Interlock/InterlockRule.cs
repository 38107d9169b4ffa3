using Anlan.Contracts.Accounts;
using Anlan.Contracts.Devices;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Places;
using Anlan.Welding.Fitting;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;

namespace Anlan.Welding.Interlock;

/// <summary>Everything that the interlock looks at, read within one turn of the machine. A fact that could not be read is null and refuses.</summary>
internal sealed record StartFacts
{
    /// <summary>What the rule book demands today where the machine stands.</summary>
    public required WeldingLimits Rules { get; init; }

    /// <summary>The machine, or null.</summary>
    public required MachineFacts? Machine { get; init; }

    /// <summary>The fitted chip as registered, or null.</summary>
    public required DeviceFacts? Device { get; init; }

    /// <summary>The chip's last word.</summary>
    public required DeviceState Chip { get; init; }

    /// <summary>Who wants to weld, or null when the account stands for nobody.</summary>
    public required PersonFacts? Person { get; init; }

    /// <summary>Proof that this person is present, or null. Not asked for when a running session is judged again.</summary>
    public required PersonProof? Proof { get; init; }

    /// <summary>The enterprise that uses the machine, or null.</summary>
    public required EnterpriseFacts? Enterprise { get; init; }

    /// <summary>The person's binding to that enterprise today, or null.</summary>
    public required Binding? Binding { get; init; }

    /// <summary>All certificates of the person.</summary>
    public required IReadOnlyList<CertificateFacts> Certificates { get; init; }

    /// <summary>Open session of the person, or null.</summary>
    public required OpenSession? SessionOfPerson { get; init; }

    /// <summary>Open session at the machine, or null.</summary>
    public required OpenSession? SessionAtMachine { get; init; }

    /// <summary>Where the phone is, WGS-84, when it was said.</summary>
    public GeoPoint? Phone { get; init; }

    /// <summary>True when the installation demands the phone's position.</summary>
    public bool IsPhonePlaceRequired { get; init; }

    /// <summary>The session that is judged again, or null for a start.</summary>
    public SessionId? Renews { get; init; }

    /// <summary>Today in the city.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Now, UTC.</summary>
    public required DateTimeOffset Now { get; init; }
}

/// <summary>The interlock's answer: all refusals, the most important first, or the certificate that carries the work.</summary>
/// <param name="Refusals">Empty when the machine may have power.</param>
/// <param name="Certificate">The certificate that carries it; null when refused.</param>
internal sealed record Verdict(IReadOnlyList<Refusal> Refusals, CertificateFacts? Certificate)
{
    /// <summary>True when the machine may have power.</summary>
    public bool IsAllowed => Refusals.Count == 0;
}

/// <summary>
/// Decides whether a machine may have power: facts and time in, verdict out. Every obstacle is collected, in the order of the start
/// protocol (machine, chip, person, certificate, employer, session, place), so that the first is the one to mend first.
/// </summary>
internal static class InterlockRule
{
    public static Verdict Judge(StartFacts facts)
    {
        if (facts.Machine is not { } machine) return new Verdict([facts.Rules.Machine.Refuse("MachineUnknown")], null);
        var refusals = new List<Refusal>();
        refusals.AddRange(OfMachine(machine, facts));
        refusals.AddRange(OfChip(machine, facts));
        if (facts.Renews is null) refusals.AddRange(OfProof(facts));
        var certificate = facts.Person is null ? null : OfCertificates(machine, facts, refusals);
        refusals.AddRange(OfEmployer(facts));
        refusals.AddRange(OfSessions(facts));
        refusals.AddRange(OfPlace(machine, facts));
        return new Verdict(refusals, refusals.Count == 0 ? certificate : null);
    }

    private static IEnumerable<Refusal> OfMachine(MachineFacts machine, StartFacts facts)
    {
        if (machine.ScrapReason is not null) yield return facts.Rules.Machine.Refuse("MachineScrapped");
        // Another chip than the one that holds the session's grants cannot carry the session on.
        if (machine.Chip is null || (facts.Renews is not null && facts.SessionAtMachine?.Chip != machine.Chip)) yield return facts.Rules.Machine.Refuse("ChipMissing");
        // A chip that nobody tested, or that failed, is no chip to rely on; without one the line above has said enough.
        if (machine is { Chip: not null, ScrapReason: null } && machine.Fitting != FittingState.Active) yield return facts.Rules.Fitting.Refuse("FittingNotActive", FactValue.Word("Fitting." + machine.Fitting), FactValue.Word("Fitting." + FittingState.Active));
        // The reason is free text and may name people; refusals go into the log, so it is shown from the registry and not copied here.
        if (machine.LockReason is not null) yield return facts.Rules.MachineLock.Refuse("MachineLocked");
    }

    private static IEnumerable<Refusal> OfChip(MachineFacts machine, StartFacts facts)
    {
        if (machine.Chip is null) yield break;
        if (facts.Device is not { IsEnabled: true }) yield return facts.Rules.ChipOnline.Refuse("ChipDisabled");
        // A running machine keeps its lease without network; only a start needs the chip to be there.
        else if (!facts.Chip.IsOnline && facts.Renews is null) yield return facts.Rules.ChipOnline.Refuse("ChipOffline", facts.Chip.LastSeen is { } seen ? FactValue.Of(seen) : FactValue.Word("Fact.Never"));
        if (facts.Chip.IsTampered) yield return facts.Rules.ChipTamper.Refuse("ChipTampered");
    }

    private static IEnumerable<Refusal> OfProof(StartFacts facts)
    {
        var limit = facts.Rules.ProofAge;
        if (facts.Proof is not { } proof || facts.Person is null || proof.Person != facts.Person.Id) yield return facts.Rules.ProofAgeRule.Refuse("IdentityFailed", limit: FactValue.Of(limit));
        // A proof from the future is as little worth as an old one: the clocks do not agree.
        else if (facts.Now - proof.At is var age && (age > limit || age < TimeSpan.Zero)) yield return facts.Rules.ProofAgeRule.Refuse("ProofTooOld", FactValue.Of(age), FactValue.Of(limit));
    }

    private static CertificateFacts? OfCertificates(MachineFacts machine, StartFacts facts, List<Refusal> refusals)
    {
        if (facts.Certificates.Count == 0)
        {
            refusals.Add(facts.Rules.OfCertificate(CertificateQuestions.Held, "CertificateNotFound", null));
            return null;
        }

        var needed = WeldingRules.SubItemsFor(machine.Kind);
        var matching = facts.Certificates.Where(c => c.Category == WeldingRules.Category && needed.Contains(c.SubItem)).OrderByDescending(c => c.ExpiresOn).ToList();
        if (matching.Count == 0)
        {
            refusals.Add(facts.Rules.OfCertificate(
                CertificateQuestions.Category, "CategoryMismatch", facts.Certificates[0], FactValue.Word("SubItem." + facts.Certificates[0].SubItem), FactValue.Word("SubItem." + needed[0])));
            return null;
        }

        foreach (var certificate in matching)
        {
            if (OfCertificate(certificate, facts) is null) return certificate;
        }

        // The one that would have lasted longest is the one that its holder thinks of; one that is not revoked comes first.
        var best = matching.Find(c => !c.IsRevoked) ?? matching[0];
        refusals.Add(OfCertificate(best, facts)!);
        return null;
    }

    private static Refusal? OfCertificate(CertificateFacts certificate, StartFacts facts)
    {
        var (rules, today) = (facts.Rules, facts.Today);
        if (certificate.IsRevoked) return rules.OfCertificate(CertificateQuestions.Revoked, "CertificateRevoked", certificate);
        if (today > certificate.ExpiresOn) return rules.OfCertificate(CertificateQuestions.Validity, "CertificateExpired", certificate, FactValue.Of(certificate.ExpiresOn), FactValue.Of(today));
        if (today < certificate.IssuedOn) return rules.OfCertificate(CertificateQuestions.Validity, "CertificateNotYetValid", certificate, FactValue.Of(certificate.IssuedOn), FactValue.Of(today));
        return certificate.ReviewDueOn is { } due && due < today ? rules.ReviewOf(certificate)?.Refuse("CertificateReviewOverdue", FactValue.Of(due), FactValue.Of(today)) : null;
    }

    private static IEnumerable<Refusal> OfEmployer(StartFacts facts)
    {
        if (facts.Enterprise is not { IsActive: true }) yield return facts.Rules.Enterprise.Refuse("EnterpriseInactive");
        else if (facts.Person is not null && facts.Binding is null) yield return facts.Rules.Binding.Refuse("NotBoundToEnterprise");
    }

    private static IEnumerable<Refusal> OfSessions(StartFacts facts)
    {
        if (facts.SessionAtMachine is { } here && here.Session != facts.Renews)
        {
            yield return facts.Rules.OneSession.Refuse("MachineInUse", FactValue.Of(here.StartedAt));
            if (facts.SessionOfPerson?.Session == here.Session) yield break;
        }

        if (facts.SessionOfPerson is { } elsewhere && elsewhere.Session != facts.Renews) yield return facts.Rules.OneSession.Refuse("SessionOpenElsewhere", FactValue.Of(elsewhere.StartedAt));
    }

    private static IEnumerable<Refusal> OfPlace(MachineFacts machine, StartFacts facts)
    {
        if (machine.Chip is null) yield break;
        var rules = facts.Rules;
        var fence = FactValue.Metres(machine.FenceMetres);
        if (facts.Chip.Position is not { } place || facts.Chip.PositionAt is not { } at) yield return rules.Fence.Refuse("PlaceUnknown", limit: fence);
        else if (place.MetresTo(machine.Place) is var metres && !(metres <= machine.FenceMetres)) yield return rules.Fence.Refuse("OutsideFence", FactValue.Metres(metres), fence);
        else if (facts.Renews is null && facts.Now - at > rules.PlaceAge) yield return rules.PlaceAgeRule.Refuse("PlaceUnknown", FactValue.Of(at), FactValue.Of(rules.PlaceAge));

        if (facts.Renews is not null) yield break;
        var near = rules.PhoneDistance.Limit + machine.FenceMetres;
        if (facts.Phone is { } phone)
        {
            if (phone.MetresTo(machine.Place) is var far && !(far <= near)) yield return rules.PhoneDistance.Refuse("TooFarFromMachine", FactValue.Metres(far), FactValue.Metres(near));
        }
        else if (facts.IsPhonePlaceRequired)
        {
            yield return rules.PhoneDistance.Refuse("PhonePlaceMissing", limit: FactValue.Metres(rules.PhoneDistance.Limit));
        }
    }
}
