using Anlan.Enterprises.People;

namespace Anlan.Tests.Enterprises.People;

public sealed class MasksTests
{
    [Theory]
    [InlineData("沈明", "沈*")]
    [InlineData("沈建明", "沈*明")]
    [InlineData("欧阳建明", "欧**明")]
    [InlineData("Ann", "A*n")]
    [InlineData("𠮷野家", "𠮷*家")] // a character of two code units
    [InlineData("X", "*")]
    [InlineData("", "")]
    public void A_name_keeps_its_ends(string name, string masked) => Assert.Equal(masked, Masks.Name(name));

    [Theory]
    [InlineData("990000198506151232", "990000********1232")]
    [InlineData("12345", "*****")]
    public void An_identity_number_keeps_six_and_four(string number, string masked) => Assert.Equal(masked, Masks.IdentityNumber(number));

    [Theory]
    [InlineData("13900001234", "139****1234")]
    [InlineData("057212345", "*******45")]
    [InlineData("", "")]
    public void A_telephone_keeps_enough_to_recognise_ones_own(string phone, string masked) => Assert.Equal(masked, Masks.Phone(phone));
}
