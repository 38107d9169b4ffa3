using Anlan.Welding.Profiles;

namespace Anlan.Tests.Welding.Profiles;

public sealed class ProfileScoreTests
{
    [Theory]
    [InlineData(10, 0, 100)]
    [InlineData(10, 1, 90)]
    [InlineData(3, 1, 66.7)]
    [InlineData(10, 10, 0)]
    public void A_share_is_taken_by_the_part_of_the_records_that_have_the_finding(int records, int found, double score) =>
        Assert.Equal(score, Score([Dimension("a", 1, Share("x", 100))], ("a", records, [("x", found)])).Dimensions[0].Score);

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 70)]
    [InlineData(3, 10)]
    [InlineData(4, 0)]
    [InlineData(400, 0)]
    public void Each_record_costs_its_points_and_no_score_falls_below_zero(int found, double score) =>
        Assert.Equal(score, Score([Dimension("a", 1, Each("x", 30))], ("a", 1_000, [("x", found)])).Dimensions[0].Score);

    [Fact]
    public void Deductions_and_score_of_a_dimension_add_up_to_a_hundred_and_the_largest_comes_first()
    {
        var dimension = Score([Dimension("a", 1, Share("x", 50), Each("y", 20), Each("z", 5))], ("a", 3, [("x", 1), ("y", 2)])).Dimensions[0];

        Assert.Equal([("y", 2, 40), ("x", 1, 16.7)], dimension.Deductions.Select(deduction => (deduction.Finding, deduction.Count, deduction.Points)));
        Assert.Equal(43.3, dimension.Score);
    }

    [Fact]
    public void A_dimension_without_records_has_no_score_and_does_not_count()
    {
        ProfileDimension[] dimensions = [Dimension("a", 10, Share("x", 100)), Dimension("b", 30, Share("x", 100)), Dimension("c", 60, Share("x", 100))];

        var some = Score(dimensions, ("a", 2, [("x", 1)]), ("b", 4, []));
        var none = Score(dimensions);

        Assert.Equal([50, 100, null], some.Dimensions.Select(dimension => dimension.Score));
        Assert.Equal(87.5, some.Score);
        Assert.Null(none.Score);
    }

    private static ScoredProfile Score(ProfileDimension[] dimensions, params (string Key, int Records, (string Finding, int Count)[] Findings)[] counts) =>
        ProfileScore.Of(dimensions, counts.ToDictionary(count => count.Key, count => new Counted(count.Records, count.Findings.ToDictionary(finding => finding.Finding, finding => finding.Count))));

    private static ProfileDimension Dimension(string key, double weight, params ProfileDeduction[] deductions) => new(ProfileSubject.Machine, key, weight, deductions);

    private static ProfileDeduction Share(string finding, double points) => new(finding, points, null);

    private static ProfileDeduction Each(string finding, double points) => new(finding, null, points);
}
