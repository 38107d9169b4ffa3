using System.Text.Json;
using Anlan.Simulator.County;

namespace Anlan.Tests.Platform.Simulator.County;

public sealed class CountyPlanTests
{
    private static readonly CountyMap Map = CountyMap.Around(30.5, 120);
    private static readonly InventedWords Words = InventedWords.Read();

    [Fact]
    public void The_same_seed_plans_the_same_county() =>
        Assert.Equal(JsonSerializer.Serialize(APlan(3)), JsonSerializer.Serialize(APlan(3)));

    [Fact]
    public void Machines_are_spread_over_all_towns_and_lie_in_the_county()
    {
        var plan = APlan(1);

        Assert.Equal(12, plan.Machines.Select(machine => plan.Enterprises[machine.Enterprise].Town.Code).Distinct().Count());
        Assert.All(plan.Machines, machine => Assert.True(Map.Contains((machine.Latitude, machine.Longitude))));
        Assert.Single(plan.Machines, machine => machine.ChipLatitude != machine.Latitude);
        Assert.Equal(50, plan.Machines.Select(machine => machine.Code).Distinct().Count());
    }

    [Fact]
    public void Most_welders_are_licensed_and_each_kind_of_refusal_has_somebody()
    {
        var standings = APlan(1).Welders.CountBy(welder => welder.Standing).ToDictionary();

        foreach (var standing in new[] { CountyPlan.Expired, CountyPlan.ReviewOverdue, CountyPlan.Revoked, CountyPlan.Unbound }) Assert.Equal(1, standings[standing]);
        Assert.True(standings[CountyPlan.Licensed] >= 30);
    }

    [Fact]
    public void Names_of_enterprises_and_identity_numbers_are_all_different()
    {
        var plan = APlan(1);

        Assert.Equal(plan.Enterprises.Count, plan.Enterprises.Select(enterprise => enterprise.Name).Distinct().Count());
        Assert.Equal(plan.Enterprises.Count, plan.Enterprises.Select(enterprise => enterprise.CreditCode).Distinct().Count());
        Assert.Equal(plan.Welders.Count, plan.Welders.Select(welder => welder.IdentityNumber).Distinct().Count());
        Assert.Equal(plan.Welders.Count, plan.Welders.Select(welder => welder.UserName).Distinct().Count());
    }

    [Fact]
    public void A_whole_county_has_the_counts_of_the_article_and_nobody_twice()
    {
        var plan = APlan(1, 1_603);

        Assert.Equal((660, 1_603, 1_360), (plan.Enterprises.Count, plan.Machines.Count, plan.Welders.Count));
        Assert.Equal(660, plan.Enterprises.Select(enterprise => enterprise.Name).Distinct().Count());
        Assert.Equal(1_360, plan.Welders.Select(welder => welder.IdentityNumber).Distinct().Count());
        Assert.Equal(660, plan.Machines.Select(machine => machine.Enterprise).Distinct().Count());
    }

    private static CountyPlan APlan(int seed, int machines = 50)
    {
        var centres = Map.Centres(12, new Random(seed));
        return CountyPlan.Of(Words, [.. centres.Select((centre, index) => new PlannedTown($"9900001{index:00}", $"Town {index}", centre.Lat, centre.Lon))], Map, machines, seed);
    }
}
