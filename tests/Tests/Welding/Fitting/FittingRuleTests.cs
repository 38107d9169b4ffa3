using Anlan.Welding.Fitting;

namespace Anlan.Tests.Welding.Fitting;

public sealed class FittingRuleTests
{
    [Fact]
    public void The_way_from_the_survey_to_the_use_has_no_short_cut()
    {
        FittingAct[] way = [FittingAct.Survey, FittingAct.Schedule, FittingAct.Install, FittingAct.Pass, FittingAct.Activate];
        var state = FittingState.Unfitted;
        var seen = way.Select(act => state = FittingRule.Next(state, act)!.Value).ToList();

        Assert.Equal([FittingState.Surveyed, FittingState.Scheduled, FittingState.Installed, FittingState.Tested, FittingState.Active], seen);
        // Only a passed self-test leads to the act that gives power.
        Assert.Equal([FittingState.Tested], Enum.GetValues<FittingState>().Where(from => from != FittingState.Active && Enum.GetValues<FittingAct>().Any(act => FittingRule.Next(from, act) == FittingState.Active)));
    }

    [Theory]
    [InlineData("Active", "Fail", "Faulty")]
    [InlineData("Tested", "Fail", "Faulty")]
    [InlineData("Installed", "Fail", "Installed")]
    [InlineData("Active", "ReportFault", "Faulty")]
    [InlineData("Faulty", "Pass", "Tested")]
    [InlineData("Faulty", "Activate", null)]
    [InlineData("Active", "Remove", "Removed")]
    [InlineData("Removed", "Install", "Installed")]
    [InlineData("Scrapped", "Remove", "Scrapped")]
    [InlineData("Scrapped", "Survey", null)]
    [InlineData("Scrapped", "Install", null)]
    [InlineData("Unfitted", "Schedule", null)]
    [InlineData("Unfitted", "Pass", null)]
    public void What_leads_where(string from, string act, string? to) =>
        Assert.Equal(to, FittingRule.Next(Enum.Parse<FittingState>(from), Enum.Parse<FittingAct>(act))?.ToString());
}
