using System.Text;
using Anlan.Welding.Profiles;

namespace Anlan.Tests.Welding.Profiles;

public sealed class ProfileFormulaTests
{
    private const string Version = """{"version":"V","from":"F","sourceZh":"s","sourceEn":"s","windowDays":90,"leastPeers":5,"bindingSoonDays":7,"machineSizes":[3],"dimensions":[{"subject":"machine","key":"starts","weight":W,"deductions":[{"finding":"refused","share":S}]}]}""";

    [Theory]
    [InlineData(ProfileSubject.Enterprise)]
    [InlineData(ProfileSubject.Welder)]
    [InlineData(ProfileSubject.Machine)]
    public void The_formula_of_today_has_enough_dimensions_for_a_radar_and_their_weights_make_a_hundred(ProfileSubject subject)
    {
        var dimensions = ProfileFormula.All[^1].Of(subject).ToList();

        Assert.InRange(dimensions.Count, 4, 8);
        Assert.Equal(100, dimensions.Sum(dimension => dimension.Weight));
    }

    [Fact]
    public void A_version_is_in_force_from_its_first_day_until_the_next_one_is()
    {
        var formulas = Parse($"[{Of("2", "2041-01-01")},{Of("1", "2020-01-01")}]");

        Assert.Equal(["1", "2"], formulas.Select(formula => formula.Version));
        Assert.Equal(ProfileFormula.All[^1].Version, ProfileFormula.On(new DateOnly(2040, 1, 1)).Version);
        Assert.Equal(ProfileFormula.All[0].Version, ProfileFormula.On(new DateOnly(2019, 1, 1)).Version);
    }

    [Theory]
    [InlineData("1", "2021-01-01", "1", "1", "another version")]
    [InlineData("2", "2020-01-01", "1", "1", "another version")]
    [InlineData("2", "2021-01-01", "0", "1", "weight")]
    [InlineData("2", "2021-01-01", "1", "0", "above 0")]
    [InlineData("2", "2021-01-01", "1", "null", "one of share and each")]
    public void What_cannot_be_computed_is_refused_and_said(string version, string from, string weight, string share, string said)
    {
        var wrong = Assert.Throws<InvalidDataException>(() => Parse($"[{Of("1", "2020-01-01")},{Of(version, from, weight, share)}]"));

        Assert.Contains(said, wrong.Message, StringComparison.Ordinal);
    }

    private static string Of(string version, string from, string weight = "1", string share = "10") =>
        Version.Replace("\"V\"", $"\"{version}\"", StringComparison.Ordinal).Replace("\"F\"", $"\"{from}\"", StringComparison.Ordinal).Replace(":W,", $":{weight},", StringComparison.Ordinal).Replace(":S}", $":{share}}}", StringComparison.Ordinal);

    private static List<ProfileFormula> Parse(string json) => ProfileFormula.Parse(new MemoryStream(Encoding.UTF8.GetBytes(json)));
}
