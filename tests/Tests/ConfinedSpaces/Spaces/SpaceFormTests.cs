using Anlan.ConfinedSpaces.Spaces;

namespace Anlan.Tests.ConfinedSpaces.Spaces;

public sealed class SpaceFormTests
{
    [Fact]
    public void What_is_no_number_is_sent_so_that_its_field_is_named_and_what_is_empty_is_left_out()
    {
        var form = new SpaceForm { Latitude = "north", Depth = "deep", Volume = " " };

        var sent = form.ToRegister();

        Assert.NotNull(SpaceRules.Latitude(sent.Latitude));
        Assert.NotNull(SpaceRules.Depth(sent.Depth));
        Assert.Null(sent.Volume);
        Assert.Null(sent.Longitude);
    }

    [Theory]
    [InlineData("30.54, 119.97", "30.54", "119.97")]
    [InlineData("119.97 30.54", "30.54", "119.97")]
    [InlineData("30.54", "30.54", "")]
    public void Two_numbers_pasted_into_one_field_are_both_taken(string pasted, string latitude, string longitude)
    {
        var form = new SpaceForm();

        form.TakePlace(pasted);

        Assert.Equal((latitude, longitude), (form.Latitude, form.Longitude));
    }

    [Fact]
    public void Hazards_are_sent_in_one_order_however_they_were_ticked()
    {
        var form = new SpaceForm();
        foreach (var hazard in new[] { SpaceHazards.Heat, SpaceHazards.HydrogenSulfide, SpaceHazards.Drowning, SpaceHazards.Heat }) form.Toggle(hazard);

        Assert.Equal([SpaceHazards.HydrogenSulfide, SpaceHazards.Drowning], form.ToEdit().Hazards);
    }
}
