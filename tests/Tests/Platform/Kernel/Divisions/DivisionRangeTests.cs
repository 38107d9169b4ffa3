using Anlan.Kernel.Divisions;

namespace Anlan.Tests.Platform.Kernel.Divisions;

public sealed class DivisionRangeTests
{
    [Theory]
    [InlineData("990502", "990502", true)]
    [InlineData("990502", "990502001", true)]
    [InlineData("990502", "990502999", true)]
    [InlineData("990502", "990503", false)]
    [InlineData("990502", "9905", false)]
    [InlineData("990599", "990599999", true)]
    [InlineData("990599", "9906", false)]
    [InlineData("99", "990502001", true)]
    public void A_range_holds_a_division_with_everything_inside_it(string division, string other, bool isInside) =>
        Assert.Equal(isInside, DivisionRange.Of(new DivisionCode(division)).Covers(new DivisionCode(other)));

    [Theory]
    [InlineData("990502001", true)]
    [InlineData("990502001000", false)]
    [InlineData("990502002", false)]
    [InlineData("990502", false)]
    public void One_division_is_itself_alone(string other, bool isCovered)
    {
        var one = DivisionRange.One(new DivisionCode("990502001"));

        Assert.True(one.IsOne);
        Assert.Equal(isCovered, one.Covers(new DivisionCode(other)));
    }
}
