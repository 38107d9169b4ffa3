using Anlan.Kernel.Places;
using Anlan.Welding.Machines;

namespace Anlan.Tests.Welding.Machines;

public sealed class MachineRulesTests
{
    [Theory]
    [InlineData("WJ-0001", true)]
    [InlineData("330521-2-0007", true)]
    [InlineData("ABCD", true)]
    [InlineData("ABC", false)]
    [InlineData("", false)]
    [InlineData("-ABCD", false)]
    [InlineData("ABCD-", false)]
    [InlineData("AB--CD", false)]
    [InlineData("AB CD", false)]
    [InlineData("AB/CD", false)]
    [InlineData("../../x", false)]
    [InlineData("焊机0001", false)]
    [InlineData("A2345678901234567890123456789012", true)]
    [InlineData("A23456789012345678901234567890123", false)]
    public void A_code_fits_into_an_address_and_onto_a_label(string code, bool isRight)
    {
        var refusal = MachineRules.Code(code);

        Assert.Equal(isRight, refusal is null);
        Assert.Equal(isRight ? null : "code", refusal?.Field);
    }

    [Fact]
    public void A_typed_code_and_a_scanned_one_are_the_same()
    {
        Assert.Equal("WJ-0001", MachineRules.CodeOf("  wj-0001 "));
    }

    [Theory]
    [InlineData("electric", 400, null)]
    [InlineData("electric", 10, null)]
    [InlineData("electric", 3000, null)]
    [InlineData("electric", 9, "RatedCurrentInvalid")]
    [InlineData("electric", 3001, "RatedCurrentInvalid")]
    [InlineData("electric", -1, "RatedCurrentInvalid")]
    [InlineData("electric", null, "RatedCurrentMissing")]
    [InlineData("gas", null, null)]
    [InlineData("gas", 0, null)]
    [InlineData("gas", 200, "RatedCurrentOfGas")]
    public void Only_an_electric_machine_has_a_rated_current(string kind, int? amperes, string? refused)
    {
        Assert.Equal(refused, MachineRules.RatedCurrent(MachineRules.KindOf(kind)!.Value, amperes)?.Code);
    }

    [Theory]
    [InlineData(0d, true)]
    [InlineData(90d, true)]
    [InlineData(-90d, true)]
    [InlineData(90.1, false)]
    [InlineData(120d, false)]
    [InlineData(double.NaN, false)]
    [InlineData(null, false)]
    public void A_latitude_is_on_the_globe(double? degrees, bool isRight)
    {
        Assert.Equal(isRight, MachineRules.Latitude(degrees) is null);
    }

    [Fact]
    public void A_text_with_a_control_character_is_refused()
    {
        Assert.Equal("SiteInvalid", MachineRules.Site("Hall\u00071")?.Code);
        Assert.Equal("ModelInvalid", MachineRules.Model("")?.Code);
        Assert.Equal("ReasonInvalid", MachineRules.Reason(new string('x', 201))?.Code);
        Assert.Null(MachineRules.Reason(new string('x', 200)));
    }

    [Fact]
    public void A_place_read_from_a_Chinese_map_is_kept_as_satellites_see_it()
    {
        var satellite = new GeoPoint(30.5432, 119.9712);
        var map = Gcj02.FromWgs84(satellite);

        var kept = MachineRules.PlaceOf(map.Latitude, map.Longitude, "gcj02");

        Assert.True(map.MetresTo(satellite) > 100, "The datums differ here by hundreds of metres.");
        Assert.True(kept!.Value.MetresTo(satellite) < 0.05, $"{kept.Value.MetresTo(satellite)} m beside.");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("WGS84")]
    [InlineData("bd09")]
    public void A_datum_is_never_guessed(string? datum)
    {
        Assert.Null(MachineRules.PlaceOf(30.5, 120, datum));
    }
}
