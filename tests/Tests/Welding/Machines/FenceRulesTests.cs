using Anlan.Kernel.Divisions;
using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Welding.Machines;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests.Welding.Machines;

public sealed class FenceRulesTests
{
    private const string SmallFences =
        """
        { "rules": [ {
          "id": "COUNTY-FENCE", "question": "welding.fenceMost", "jurisdiction": "330521", "titleZh": "围栏至多 150 米", "titleEn": "A fence is at most 150 metres",
          "sourceZh": "县应急管理局通知", "sourceEn": "Notice of the county bureau", "clauseZh": "第 2 条", "clauseEn": "clause 2", "limit": 150, "unit": "m", "from": "2026-01-01"
        } ] }
        """;

    [Theory]
    [InlineData(20, null)]
    [InlineData(200, null)]
    [InlineData(5000, null)]
    [InlineData(19, "WELD-FENCE-LEAST")]
    [InlineData(5001, "WELD-FENCE-MOST")]
    [InlineData(-200, "WELD-FENCE-LEAST")]
    public void A_fence_is_neither_a_point_nor_a_county(int metres, string? rule) => Assert.Equal(rule, At(Books.Whole, null).Check(metres)?.Rule);

    [Theory]
    [InlineData("330521102", 150, null, 150)]
    [InlineData("330521102", 151, "COUNTY-FENCE", 150)]
    [InlineData("330522110", 151, null, 200)]
    public void A_county_may_demand_smaller_fences_of_its_own_machines(string place, int metres, string? rule, int usual)
    {
        var limits = At(Books.With(SmallFences), new DivisionCode(place));

        var refusal = limits.Check(metres);

        Assert.Equal((rule, usual), (refusal?.Rule, limits.Usual));
        if (rule is not null) Assert.Equal("WELD-FENCE-MOST", Assert.Single(refusal!.OtherRules!).Rule);
    }

    private static FenceLimits At(RuleBook book, DivisionCode? place) =>
        new FenceRules(book, new CityCalendar(TimeZoneInfo.Utc, new FakeTimeProvider(new DateTimeOffset(2026, 6, 10, 0, 0, 0, TimeSpan.Zero)))).At(place);
}
