using Anlan.Welding.Machines;

namespace Anlan.Tests.Welding.Machines;

public sealed class MachineFormTests
{
    [Theory]
    [InlineData("30.5432, 119.9712", "30.5432", "119.9712")]
    [InlineData("30.5432，119.9712", "30.5432", "119.9712")]
    [InlineData(" 119.9712 30.5432 ", "30.5432", "119.9712")]
    [InlineData("30.5432", "30.5432", "")]
    [InlineData("30,5432", "30,5432", "")]
    [InlineData("somewhere, else", "somewhere, else", "")]
    public void Two_numbers_pasted_at_once_find_their_fields(string pasted, string latitude, string longitude)
    {
        var form = new MachineForm();

        form.TakePlace(pasted);

        Assert.Equal((latitude, longitude), (form.Latitude, form.Longitude));
    }

    [Fact]
    public void The_place_is_shown_on_the_map_only_when_the_datum_is_chosen()
    {
        var form = new MachineForm { Latitude = "30.5432", Longitude = "119.9712" };

        var before = form.Place;
        form.Datum = "wgs84";

        Assert.Null(before);
        Assert.Equal(30.5432, form.Place!.Value.Latitude, 6);
    }

    [Theory]
    [InlineData("4x0", -1)]
    [InlineData("400.5", -1)]
    [InlineData(" 400 ", 400)]
    [InlineData("", null)]
    public void What_is_no_whole_number_is_sent_as_a_wrong_one_so_that_its_field_is_named(string typed, int? sent)
    {
        var form = new MachineForm { RatedCurrent = typed };

        Assert.Equal(sent, form.ToRegister().RatedCurrent);
    }

    [Fact]
    public void A_gas_set_sends_no_current_that_was_typed_before_the_kind_changed()
    {
        var form = new MachineForm { RatedCurrent = "400", Kind = "gas" };

        Assert.Null(form.ToRegister().RatedCurrent);
    }

    [Fact]
    public void An_owner_that_was_not_chosen_is_sent_as_nobody_so_that_its_field_is_named()
    {
        var form = new MachineForm { Owner = OwnerChoice.Enterprise };

        Assert.Equal(Guid.Empty, form.ToRegister().OwnerEnterprise);
    }
}
