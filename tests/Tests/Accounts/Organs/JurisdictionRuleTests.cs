using Anlan.Accounts.Organs;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Ids;
using Anlan.Kernel.Scopes;

namespace Anlan.Tests.Accounts.Organs;

/// <summary>The narrowest assignment in force decides, whatever tree the statistics draw.</summary>
public sealed class JurisdictionRuleTests
{
    private static readonly DateOnly Day = new(2026, 3, 1);
    private static readonly OrganId City = TypedId.New<OrganId>();
    private static readonly OrganId County = TypedId.New<OrganId>();
    private static readonly OrganId Zone = TypedId.New<OrganId>();
    private static readonly OrganId Station = TypedId.New<OrganId>();
    private static readonly EnterpriseId Plant = TypedId.New<EnterpriseId>();
    private static readonly EnterpriseId Another = TypedId.New<EnterpriseId>();

    private static readonly IReadOnlyList<Division> Tree =
        [.. new[] { "9905", "990502", "990502001", "990502002", "990502003", "990521", "990521001" }.Select(code => new Division(new DivisionCode(code), code, "any", null))];

    // The zone's committee has been given one town of the county and one plant in another; the county keeps the rest.
    private static readonly IReadOnlyList<AssignmentFacts> InForce =
    [
        Over(City, "9905"), Over(County, "990502"), Over(Zone, "990502002"), Over(Station, "990502001"), OverOne(Zone, Plant),
    ];

    [Theory]
    [InlineData("the county keeps the town of its own station", "county", "990502001", false, true)]
    [InlineData("the county has lost the zone's town", "county", "990502002", false, false)]
    [InlineData("the county keeps a town that nobody else was given", "county", "990502003", false, true)]
    [InlineData("the county has lost the zone's plant, wherever it lies", "county", "990502001", true, false)]
    [InlineData("the county has no say in another county", "county", "990521001", false, false)]
    [InlineData("the zone sees its town", "zone", "990502002", false, true)]
    [InlineData("the zone sees its plant in the county's town", "zone", "990502001", true, true)]
    [InlineData("the zone sees nothing else there", "zone", "990502001", false, false)]
    [InlineData("the station sees its town", "station", "990502001", false, true)]
    [InlineData("the station does not see the zone's plant in its town", "station", "990502001", true, false)]
    [InlineData("the station does not see the next town", "station", "990502002", false, false)]
    [InlineData("the city sees what the organs below it supervise", "city", "990502002", false, true)]
    [InlineData("the city sees the zone's plant", "city", "990502001", true, true)]
    [InlineData("the city sees a county without a bureau", "city", "990521001", false, true)]
    public void What_an_organ_sees(string why, string who, string place, bool isPlant, bool isSeen) =>
        Assert.True(isSeen == ScopeOf(who).Covers(new DivisionCode(place), (isPlant ? Plant : Another).Value), why);

    [Fact]
    public void Every_place_and_enterprise_has_exactly_the_deciding_organ_and_those_above_it()
    {
        foreach (var place in Tree.Select(division => division.Code))
        {
            foreach (var enterprise in new[] { Plant, Another })
            {
                var deciding = Assert.Single(JurisdictionRule.Deciding(enterprise, place, InForce)).Organ;
                var seeing = new[] { "city", "county", "zone", "station" }.Where(who => ScopeOf(who).Covers(place, enterprise.Value)).Select(Named);

                Assert.Equal(Chain(deciding).OrderBy(organ => organ.Value), seeing.OrderBy(organ => organ.Value));
            }
        }
    }

    [Fact]
    public void When_the_zones_assignment_ends_the_county_has_its_town_back()
    {
        var county = JurisdictionRule.ScopeOf(County, [Station], [.. InForce.Where(a => a.Organ != Zone)], Tree);

        Assert.True(county.Covers(new DivisionCode("990502002"), Another.Value));
        Assert.True(county.Covers(new DivisionCode("990502001"), Plant.Value));
    }

    [Fact]
    public void A_single_town_is_asked_of_the_database_by_equality_and_a_county_by_a_range()
    {
        Assert.Equal(DivisionRange.One(new DivisionCode("990502001")), Assert.Single(ScopeOf("station").Divisions));
        Assert.False(Assert.Single(JurisdictionRule.ScopeOf(County, [], [Over(County, "990502")], Tree).Divisions).IsOne);
    }

    [Fact]
    public void An_organ_without_assignments_sees_nothing()
    {
        var scope = JurisdictionRule.ScopeOf(TypedId.New<OrganId>(), [], InForce, Tree);

        Assert.DoesNotContain(Tree, division => scope.Covers(division.Code, Another.Value));
        Assert.False(scope.IsEverything);
    }

    private static Scope ScopeOf(string who) => who switch
    {
        "city" => JurisdictionRule.ScopeOf(City, [County, Zone, Station], InForce, Tree),
        "county" => JurisdictionRule.ScopeOf(County, [Station], InForce, Tree),
        _ => JurisdictionRule.ScopeOf(Named(who), [], InForce, Tree),
    };

    private static OrganId Named(string who) => who switch { "city" => City, "county" => County, "zone" => Zone, _ => Station };

    private static OrganId[] Chain(OrganId organ) => organ == Station ? [Station, County, City] : organ == City ? [City] : [organ, City];

    private static AssignmentFacts Over(OrganId organ, string division) => new(Guid.CreateVersion7(), organ, new DivisionCode(division), null, Day, null, "Decree", DateTimeOffset.UnixEpoch, null);

    private static AssignmentFacts OverOne(OrganId organ, EnterpriseId enterprise) => new(Guid.CreateVersion7(), organ, null, enterprise, Day, null, "Decree", DateTimeOffset.UnixEpoch, null);
}
