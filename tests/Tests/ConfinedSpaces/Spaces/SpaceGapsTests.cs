using Anlan.ConfinedSpaces.Spaces;
using Anlan.Contracts.ConfinedSpaces;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Time;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests.ConfinedSpaces.Spaces;

public sealed class SpaceGapsTests
{
    private static readonly DateTimeOffset Now = new(2040, 3, 5, 1, 0, 0, TimeSpan.Zero);
    private static readonly SpaceGaps Gaps = new(Books.Whole, new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), new FakeTimeProvider(Now)));

    private static readonly SpaceEntry Whole = new(
        new SpaceId(Guid.CreateVersion7()), "KJ-0001", "Pool", SpaceKind.SewagePool, [SpaceHazards.HydrogenSulfide], new EnterpriseId(Guid.CreateVersion7()), new DivisionCode("990521001"), "East", null, RiskLevel.Major, false,
        AccessControl.Lock, true, new PersonId(Guid.CreateVersion7()), new DateOnly(2039, 3, 5), SpaceState.Active, Now.AddYears(-5));

    [Fact]
    public void A_space_that_has_all_lacks_nothing_on_the_last_day_before_its_review() => Assert.Empty(Gaps.Of(Whole));

    [Fact]
    public void A_review_is_overdue_the_day_after_twelve_months() => Assert.Equal([SpaceGap.Review], Gaps.Of(Whole with { LastReviewedOn = new DateOnly(2039, 3, 4) }));

    [Fact]
    public void An_entry_that_nobody_reviewed_counts_from_its_own_day_in_the_city()
    {
        var entered = Whole with { LastReviewedOn = null, RegisteredAt = new DateTimeOffset(2039, 3, 4, 17, 0, 0, TimeSpan.Zero) };

        Assert.Equal(new DateOnly(2040, 3, 5), Gaps.ReviewDueOn(entered));
        Assert.Empty(Gaps.Of(entered));
    }

    [Theory]
    [InlineData(SpaceHazards.HydrogenSulfide, true)]
    [InlineData(SpaceHazards.CarbonMonoxide, true)]
    [InlineData(SpaceHazards.CarbonDioxide, true)]
    [InlineData(SpaceHazards.OxygenDeficiency, false)]
    [InlineData(SpaceHazards.Flammable, false)]
    [InlineData(SpaceHazards.Drowning, false)]
    public void Something_keeps_people_out_where_toxic_gas_may_form(string hazard, bool isDemanded) =>
        Assert.Equal(isDemanded, Gaps.Of(Whole with { Access = AccessControl.None, Hazards = [hazard] }).Contains(SpaceGap.Isolation));

    [Fact]
    public void A_sealed_space_needs_no_lock_and_a_removed_one_nothing()
    {
        var bare = Whole with { Access = AccessControl.None, HasNoticeBoard = false, Responsible = null, LastReviewedOn = new DateOnly(2030, 1, 1) };

        Assert.Equal([SpaceGap.Isolation, SpaceGap.NoticeBoard, SpaceGap.Review, SpaceGap.Responsible], Gaps.Of(bare));
        Assert.Equal([SpaceGap.NoticeBoard, SpaceGap.Review, SpaceGap.Responsible], Gaps.Of(bare with { State = SpaceState.Sealed }));
        Assert.Empty(Gaps.Of(bare with { State = SpaceState.Removed }));
    }

    [Fact]
    public void Every_gap_names_its_rule() => Assert.Equal(
        ["SPACE-REVIEW", "SPACE-NOTICE-O13", "SPACE-ISOLATION-O13", "SPACE-LEDGER-O13"], Enum.GetValues<SpaceGap>().Select(gap => Gaps.RuleOf(gap, Whole).Deciding.Id));
}
