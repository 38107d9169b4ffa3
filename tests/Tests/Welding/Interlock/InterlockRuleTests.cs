using Anlan.Contracts.Accounts;
using Anlan.Contracts.Devices;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Places;
using Anlan.Welding.Fitting;
using Anlan.Welding.Interlock;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;

namespace Anlan.Tests.Welding.Interlock;

/// <summary>Every obstacle alone, in the words of the reason codes; all of them together; the most important first.</summary>
public sealed class InterlockRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 10, 2, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 6, 10);
    private static readonly GeoPoint Yard = new(30.5, 120);
    private static readonly PersonId Welder = new(Guid.CreateVersion7());
    private static readonly EnterpriseId Works = new(Guid.CreateVersion7());

    private static readonly MachineFacts Machine = new(
        new MachineId(Guid.CreateVersion7()), "M1", MachineKind.Electric, "ZX7", 400, Works, new DivisionCode("990521"), "Hall", Yard, 200, "CHIP-0001", null, null)
    { Fitting = FittingState.Active };

    private static readonly CertificateFacts Certificate = new(Guid.CreateVersion7(), "welding", "fusion", new DateOnly(2024, 1, 1), null, null, new DateOnly(2029, 12, 31), false);

    private static StartFacts Sound => new()
    {
        Rules = new WeldingLimits(Books.Whole, Today, Machine.Division, Machine.Kind),
        Machine = Machine,
        Device = new DeviceFacts(new DeviceId(Guid.CreateVersion7()), "CHIP-0001", DeviceKinds.WeldingChip, true),
        Chip = DeviceState.Unknown with { IsOnline = true, LastSeen = Now, Boot = 3, Position = Yard, PositionAt = Now },
        Person = new PersonFacts(Welder, "沈*明", "00"),
        Proof = new PersonProof(Guid.Empty, Welder, Now.AddMinutes(-1), "pin"),
        Enterprise = new EnterpriseFacts(Works, "Works", null, new DivisionCode("990521"), true),
        Binding = new Binding(Works, BindingKind.Permanent, new DateOnly(2025, 1, 1), null),
        Certificates = [Certificate],
        SessionOfPerson = null,
        SessionAtMachine = null,
        Today = Today,
        Now = Now,
    };

    private static OpenSession Session(PersonId person, string chip = "CHIP-0001") => new(
        new SessionId(Guid.CreateVersion7()), Machine.Id, person, Guid.Empty, Works, Certificate.Id, chip, 3, 7, Guid.CreateVersion7(), true, Now, Now.AddMinutes(15), Now, Now.AddHours(8),
        SessionState.Running, null);

    [Fact]
    public void A_certified_welder_of_the_enterprise_may_start_its_machine()
    {
        var verdict = InterlockRule.Judge(Sound);

        Assert.True(verdict.IsAllowed);
        Assert.Equal(Certificate, verdict.Certificate);
    }

    public static TheoryData<string, string> Obstacles =>
        new(Cases.Select(c => (c.Code, c.Rule)).Distinct());

    private static readonly (string Code, string Rule, Func<StartFacts, StartFacts> Spoil)[] Cases =
    [
        ("MachineUnknown", "WELD-MACHINE", f => f with { Machine = null }),
        ("MachineScrapped", "WELD-MACHINE", f => f with { Machine = Machine with { ScrapReason = "old" } }),
        ("ChipMissing", "WELD-MACHINE", f => f with { Machine = Machine with { Chip = null } }),
        ("FittingNotActive", "WELD-FITTING", f => f with { Machine = Machine with { Fitting = FittingState.Unfitted } }),
        ("FittingNotActive", "WELD-FITTING", f => f with { Machine = Machine with { Fitting = FittingState.Installed } }),
        ("FittingNotActive", "WELD-FITTING", f => f with { Machine = Machine with { Fitting = FittingState.Tested } }),
        ("FittingNotActive", "WELD-FITTING", f => f with { Machine = Machine with { Fitting = FittingState.Faulty } }),
        ("FittingNotActive", "WELD-FITTING", f => f with { Machine = Machine with { Fitting = FittingState.Removed } }),
        ("MachineLocked", "WELD-MACHINE-LOCK", f => f with { Machine = Machine with { LockReason = "inspection" } }),
        ("ChipDisabled", "WELD-CHIP-ONLINE", f => f with { Device = null }),
        ("ChipDisabled", "WELD-CHIP-ONLINE", f => f with { Device = f.Device! with { IsEnabled = false } }),
        ("ChipOffline", "WELD-CHIP-ONLINE", f => f with { Chip = f.Chip with { IsOnline = false } }),
        ("ChipTampered", "WELD-CHIP-TAMPER", f => f with { Chip = f.Chip with { IsTampered = true } }),
        ("IdentityFailed", "PROOF-AGE", f => f with { Proof = null }),
        ("IdentityFailed", "PROOF-AGE", f => f with { Proof = f.Proof! with { Person = new PersonId(Guid.CreateVersion7()) } }),
        ("IdentityFailed", "PROOF-AGE", f => f with { Person = null, Binding = null, Certificates = [] }),
        ("ProofTooOld", "PROOF-AGE", f => f with { Proof = f.Proof! with { At = Now.AddSeconds(-301) } }),
        ("ProofTooOld", "PROOF-AGE", f => f with { Proof = f.Proof! with { At = Now.AddSeconds(1) } }),
        ("CertificateNotFound", "CERT-HELD-LAW", f => f with { Certificates = [] }),
        ("CategoryMismatch", "CERT-CATEGORY-O19", f => f with { Certificates = [Certificate with { SubItem = "brazing" }] }),
        ("CategoryMismatch", "CERT-CATEGORY-O19", f => f with { Certificates = [Certificate with { Category = "height" }] }),
        ("CertificateRevoked", "CERT-REVOKED", f => f with { Certificates = [Certificate with { IsRevoked = true }] }),
        ("CertificateExpired", "CERT-VALIDITY-O30", f => f with { Certificates = [Certificate with { ExpiresOn = Today.AddDays(-1) }] }),
        ("CertificateNotYetValid", "CERT-VALIDITY-O19", f => f with { Certificates = [Certificate with { IssuedOn = Today.AddDays(1) }] }),
        ("CertificateReviewOverdue", "CERT-REVIEW-O30", f => f with { Certificates = [Certificate with { ReviewDueOn = new DateOnly(2026, 5, 20) }] }),
        ("EnterpriseInactive", "WELD-ENTERPRISE", f => f with { Enterprise = null }),
        ("EnterpriseInactive", "WELD-ENTERPRISE", f => f with { Enterprise = f.Enterprise! with { IsActive = false } }),
        ("NotBoundToEnterprise", "WELD-BINDING", f => f with { Binding = null }),
        ("MachineInUse", "WELD-ONE-SESSION", f => f with { SessionAtMachine = Session(new PersonId(Guid.CreateVersion7())) }),
        ("SessionOpenElsewhere", "WELD-ONE-SESSION", f => f with { SessionOfPerson = Session(Welder) }),
        ("PlaceUnknown", "WELD-FENCE", f => f with { Chip = f.Chip with { Position = null } }),
        ("PlaceUnknown", "WELD-PLACE-AGE", f => f with { Chip = f.Chip with { PositionAt = Now.AddHours(-25) } }),
        ("OutsideFence", "WELD-FENCE", f => f with { Chip = f.Chip with { Position = new GeoPoint(30.502, 120) } }),
        ("OutsideFence", "WELD-FENCE", f => f with { Chip = f.Chip with { Position = new GeoPoint(double.NaN, 120) } }),
        ("TooFarFromMachine", "WELD-PHONE-DISTANCE", f => f with { Phone = new GeoPoint(30.51, 120) }),
        ("PhonePlaceMissing", "WELD-PHONE-DISTANCE", f => f with { IsPhonePlaceRequired = true }),
    ];

    [Theory, MemberData(nameof(Obstacles))]
    public void Each_obstacle_alone_keeps_the_machine_off_and_names_its_rule(string code, string rule)
    {
        foreach (var (_, _, spoil) in Cases.Where(c => c.Code == code && c.Rule == rule))
        {
            var verdict = InterlockRule.Judge(spoil(Sound));

            var refusal = Assert.Single(verdict.Refusals);
            Assert.Equal((code, rule), (refusal.Code, refusal.Rule));
            Assert.NotEmpty(Books.Whole.VersionsOf(rule));
            Assert.Null(verdict.Certificate);
        }
    }

    [Fact]
    public void All_obstacles_are_told_and_the_machine_comes_before_the_person()
    {
        var facts = Sound with
        {
            Machine = Machine with { LockReason = "inspection" },
            Chip = Sound.Chip with { IsOnline = false, IsTampered = true, Position = null },
            Proof = null,
            Certificates = [],
            Binding = null,
        };

        var codes = InterlockRule.Judge(facts).Refusals.Select(r => r.Code);

        Assert.Equal(["MachineLocked", "ChipOffline", "ChipTampered", "IdentityFailed", "CertificateNotFound", "NotBoundToEnterprise", "PlaceUnknown"], codes);
    }

    [Theory]
    [InlineData(2026, 5, 20, "CERT-REVIEW-O30")] // Order 30 was in force on the day on which the review was due.
    [InlineData(2026, 5, 31, "CERT-REVIEW-O30")]
    [InlineData(2026, 6, 1, null)]
    [InlineData(2026, 6, 2, null)] // Order 19: no review any more.
    [InlineData(2026, 7, 1, null)]
    public void A_review_is_asked_for_only_if_it_was_due_under_Order_30(int year, int month, int day, string? rule)
    {
        var due = new DateOnly(year, month, day);

        var refusal = InterlockRule.Judge(Sound with { Certificates = [Certificate with { ReviewDueOn = due }] }).Refusals.SingleOrDefault();

        Assert.Equal((rule, rule is null ? null : "CertificateReviewOverdue"), (refusal?.Rule, refusal?.Code));
        if (rule is not null) Assert.Equal((due, FactValue.Of(due), FactValue.Of(Today)), (refusal!.RuleOn, refusal.Measured, refusal.Limit));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(300, null)]
    [InlineData(301, "ProofTooOld")]
    public void A_proof_serves_for_five_minutes(int seconds, string? code)
    {
        var refusal = InterlockRule.Judge(Sound with { Proof = Sound.Proof! with { At = Now.AddSeconds(-seconds) } }).Refusals.SingleOrDefault();

        Assert.Equal(code, refusal?.Code);
        if (code is not null) Assert.Equal((FactValue.Of(TimeSpan.FromSeconds(seconds)), FactValue.Of(TimeSpan.FromMinutes(5))), (refusal!.Measured, refusal.Limit));
    }

    [Fact]
    public void A_certificate_is_good_through_its_last_day() =>
        Assert.True(InterlockRule.Judge(Sound with { Certificates = [Certificate with { ExpiresOn = Today }] }).IsAllowed);

    [Fact]
    public void One_good_certificate_is_enough()
    {
        var verdict = InterlockRule.Judge(Sound with { Certificates = [Certificate with { IsRevoked = true, ExpiresOn = new DateOnly(2030, 1, 1) }, Certificate] });

        Assert.Equal(Certificate, verdict.Certificate);
    }

    [Fact]
    public void A_refusal_tells_what_was_measured_and_what_is_allowed()
    {
        var refusal = Assert.Single(InterlockRule.Judge(Sound with { Chip = Sound.Chip with { Position = new GeoPoint(30.502, 120) } }).Refusals);

        Assert.Equal((FactValue.Metres(222), FactValue.Metres(200)), (refusal.Measured, refusal.Limit));
    }

    [Fact]
    public void A_running_session_is_judged_without_proof_and_without_network()
    {
        var open = Session(Welder);

        var verdict = InterlockRule.Judge(Sound with { Renews = open.Session, SessionAtMachine = open, SessionOfPerson = open, Proof = null, Chip = Sound.Chip with { IsOnline = false } });

        Assert.True(verdict.IsAllowed);
    }

    [Fact]
    public void A_session_does_not_go_on_with_another_chip()
    {
        var open = Session(Welder, "CHIP-OTHER");

        var verdict = InterlockRule.Judge(Sound with { Renews = open.Session, SessionAtMachine = open, SessionOfPerson = open, Proof = null });

        Assert.Equal("ChipMissing", Assert.Single(verdict.Refusals).Code);
    }
}
