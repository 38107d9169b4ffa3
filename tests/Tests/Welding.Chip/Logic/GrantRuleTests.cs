using Anlan.Welding.Chip.Logic;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chip.Signing;

namespace Anlan.Tests.Welding.Chip.Logic;

public sealed class GrantRuleTests
{
    private const long Now = 1_790_000_000;
    private static readonly Guid Machine = Guid.Parse("0198c0de-0000-7000-8000-00000000000a");
    private static readonly Guid Session = Guid.Parse("0198c0de-0000-7000-8000-00000000000b");
    private static readonly Guid Downlink = Guid.Parse("0198c0de-0000-7000-8000-00000000000d");
    private static readonly GrantClaims Good = new(Downlink, Machine, "CHIP-0001", Session, Guid.CreateVersion7(), 7, Now, Now, Now + 30, 600, Now + 3_600);
    private static readonly ChipFacts Ready = new("CHIP-0001", Machine, 6, Now * 1_000, null, null, null);

    [Fact, Trait("Requirement", "CHIP-GRANT-01")]
    public void A_good_grant_at_a_ready_chip_is_obeyed() => Assert.Null(GrantRule.Check(Good, Downlink, Ready));

    [Fact, Trait("Requirement", "CHIP-COSE-04")]
    public void A_grant_that_nobody_trusted_signed_is_refused() => Assert.Equal(ChipRefusal.BadSignature, GrantRule.Check(null, Downlink, Ready));

    [Fact, Trait("Requirement", "CHIP-GRANT-02")]
    public void A_grant_in_the_envelope_of_another_downlink_is_refused() =>
        Assert.Equal(ChipRefusal.BadSignature, GrantRule.Check(Good, Guid.CreateVersion7(), Ready));

    public static TheoryData<string, GrantClaims, ChipRefusal?> Grants => new()
    {
        { "another machine", Good with { Machine = Guid.CreateVersion7() }, ChipRefusal.WrongMachine },
        { "another chip", Good with { Chip = "CHIP-0002" }, ChipRefusal.WrongMachine },
        { "same chip in other case", Good with { Chip = "chip-0001" }, ChipRefusal.WrongMachine },
        { "counter as before", Good with { Counter = 6 }, ChipRefusal.Counter },
        { "counter lower", Good with { Counter = 5 }, ChipRefusal.Counter },
        { "counter far ahead", Good with { Counter = 1_000_000 }, null },
        { "counter zero", Good with { Counter = 0 }, ChipRefusal.Unknown },
        { "window begins in 5 s", Good with { NotBefore = Now + 5, Expires = Now + 35 }, null },
        { "window begins in 6 s", Good with { NotBefore = Now + 6, Expires = Now + 36 }, ChipRefusal.NotYet },
        { "window ends in 1 s", Good with { NotBefore = Now - 29, Expires = Now + 1 }, null },
        { "window ends now", Good with { NotBefore = Now - 30, Expires = Now }, ChipRefusal.Expired },
        { "window of an hour ago", Good with { NotBefore = Now - 3_600, Expires = Now - 3_570 }, ChipRefusal.Expired },
        { "window of 60 s", Good with { Expires = Now + 60 }, null },
        { "window of 61 s", Good with { Expires = Now + 61 }, ChipRefusal.Unknown },
        { "window inside out", Good with { Expires = Now - 1 }, ChipRefusal.Unknown },
        { "lease of 900 s", Good with { DurationSeconds = 900 }, null },
        { "lease of 901 s", Good with { DurationSeconds = 901 }, ChipRefusal.Unknown },
        { "lease of nothing", Good with { DurationSeconds = 0 }, ChipRefusal.Unknown },
        { "lease over before the window", Good with { NotBefore = Now - 10, Expires = Now + 20, DurationSeconds = 10 }, ChipRefusal.Expired },
        { "session of 8 h", Good with { SessionEnd = Now + 8 * 3_600 }, null },
        { "session of 8 h and 1 s", Good with { SessionEnd = Now + 8 * 3_600 + 1 }, ChipRefusal.Unknown },
        { "session over", Good with { NotBefore = Now - 20, Expires = Now + 10, SessionEnd = Now }, ChipRefusal.Expired },
    };

    [Theory, MemberData(nameof(Grants))]
    [Trait("Requirement", "CHIP-GRANT-03")]
    [Trait("Requirement", "CHIP-GRANT-04")]
    [Trait("Requirement", "CHIP-GRANT-05")]
    [Trait("Requirement", "CHIP-GRANT-06")]
    [Trait("Requirement", "CHIP-GRANT-07")]
    public void A_ready_chip_judges_the_grant(string grant, GrantClaims claims, ChipRefusal? expected)
    {
        _ = grant;

        Assert.Equal(expected, GrantRule.Check(claims, Downlink, Ready));
    }

    public static TheoryData<string, ChipFacts, ChipRefusal?> Chips => new()
    {
        { "not fitted", Ready with { Machine = null }, ChipRefusal.WrongMachine },
        { "clock not trusted", Ready with { Clock = null }, ChipRefusal.Clock },
        { "tampered", Ready with { Obstacle = ChipRefusal.Tamper }, ChipRefusal.Tamper },
        { "relay fault", Ready with { Obstacle = ChipRefusal.RelayFault }, ChipRefusal.RelayFault },
        { "gas", Ready with { Obstacle = ChipRefusal.Gas }, ChipRefusal.Gas },
        { "too hot", Ready with { Obstacle = ChipRefusal.OverTemperature }, ChipRefusal.OverTemperature },
        { "counter just used", Ready with { Counter = 7 }, ChipRefusal.Counter },
        { "same session runs", Ready with { Running = Session, LastSession = Session }, null },
        { "same session ended here", Ready with { LastSession = Session }, ChipRefusal.Expired },
        { "another session ended here", Ready with { LastSession = Guid.CreateVersion7() }, null },
        { "another session runs", Ready with { Running = Guid.CreateVersion7() }, null },
    };

    [Theory, MemberData(nameof(Chips))]
    [Trait("Requirement", "CHIP-GRANT-08")]
    [Trait("Requirement", "CHIP-GRANT-09")]
    [Trait("Requirement", "CHIP-GRANT-10")]
    [Trait("Requirement", "CHIP-TIME-07")]
    public void A_good_grant_is_judged_by_the_chips_state(string state, ChipFacts chip, ChipRefusal? expected)
    {
        _ = state;

        Assert.Equal(expected, GrantRule.Check(Good, Downlink, chip));
    }

    [Fact, Trait("Requirement", "CHIP-GRANT-11")]
    public void The_reasons_have_an_order()
    {
        var worst = Good with { Machine = Guid.CreateVersion7(), DurationSeconds = 5_000, Counter = 1 };
        var chip = Ready with { Obstacle = ChipRefusal.Tamper, Clock = null };

        Assert.Equal(ChipRefusal.WrongMachine, GrantRule.Check(worst, Downlink, chip));
        Assert.Equal(ChipRefusal.Unknown, GrantRule.Check(worst with { Machine = Machine }, Downlink, chip));
        Assert.Equal(ChipRefusal.Tamper, GrantRule.Check(Good with { Counter = 1 }, Downlink, chip));
        Assert.Equal(ChipRefusal.Clock, GrantRule.Check(Good with { Counter = 1 }, Downlink, chip with { Obstacle = null }));
        Assert.Equal(ChipRefusal.NotYet, GrantRule.Check(Good with { Counter = 1, NotBefore = Now + 40, Expires = Now + 50 }, Downlink, Ready));
        Assert.Equal(ChipRefusal.Counter, GrantRule.Check(Good with { Counter = 1 }, Downlink, Ready with { LastSession = Session }));
    }
}
