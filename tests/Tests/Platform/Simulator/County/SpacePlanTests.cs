using System.Text.Json;
using Anlan.Simulator.County;

namespace Anlan.Tests.Platform.Simulator.County;

public sealed class SpacePlanTests
{
    private static readonly CountyMap Map = CountyMap.Around(30.5, 120);
    private static readonly InventedWords Words = InventedWords.Read();

    [Theory]
    [InlineData(12)]
    [InlineData(60)]
    [InlineData(1_603)]
    public void The_dyeing_works_has_a_sewage_pool_and_about_one_enterprise_in_twenty_some_space(int machines)
    {
        var (plan, spaces) = APlan(machines, 1);

        Assert.Contains(Words.Dyer, plan.Enterprises[spaces[0].Enterprise].Name, StringComparison.Ordinal);
        Assert.Equal("sewagePool", spaces[0].What.Kind);
        var owners = spaces.Select(space => space.Enterprise).Distinct().Count();
        Assert.InRange(owners, Math.Max(6, plan.Enterprises.Count / 20), Math.Max(6, plan.Enterprises.Count / 20) + 1);
        Assert.All(spaces, space => Assert.Equal("company", plan.Enterprises[space.Enterprise].Kind));
        Assert.All(spaces, space => Assert.True(Map.Contains((space.Latitude, space.Longitude))));
    }

    [Fact]
    public void The_same_seed_plans_the_same_spaces_and_some_lack_something()
    {
        Assert.Equal(JsonSerializer.Serialize(APlan(60, 3).Spaces), JsonSerializer.Serialize(APlan(60, 3).Spaces));
        Assert.Single(APlan(60, 3).Spaces, space => space.Access == "none" && !space.HasNoticeBoard);
        Assert.Single(APlan(60, 3).Spaces, space => !space.HasResponsible && space.ReviewedDaysAgo > 366);
    }

    private static (CountyPlan Plan, IReadOnlyList<PlannedSpace> Spaces) APlan(int machines, int seed)
    {
        var centres = Map.Centres(12, new Random(seed));
        var plan = CountyPlan.Of(Words, [.. centres.Select((centre, index) => new PlannedTown($"9900001{index:00}", $"Town {index}", centre.Lat, centre.Lon))], Map, machines, seed);
        return (plan, SpacePlan.Of(Words, plan, Map, seed));
    }
}
