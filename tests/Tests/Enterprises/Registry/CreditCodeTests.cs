using Anlan.Enterprises.Registry;

namespace Anlan.Tests.Enterprises.Registry;

public sealed class CreditCodeTests
{
    [Theory]
    [InlineData("91350100M000100Y43")] // the example of GB 32100-2015
    [InlineData("91990000MA0A00014F")]
    [InlineData("91990000MA0A00022A")]
    [InlineData("91990000MA0A000305")]
    public void A_right_code_passes(string code) => Assert.Null(CreditCode.Check(code));

    [Theory]
    [InlineData("", "CreditCodeFormat")]
    [InlineData("91990000MA0A00014", "CreditCodeFormat")]
    [InlineData("91990000MA0A00014FF", "CreditCodeFormat")]
    [InlineData("91990000MA0I00014F", "CreditCodeFormat")] // the letters I, O, S, V and Z do not occur
    [InlineData("9199000AMA0A00014F", "CreditCodeFormat")] // the division is digits
    [InlineData("91990000MA0A00014E", "CreditCodeCheckDigit")]
    [InlineData("91990001MA0A00014F", "CreditCodeCheckDigit")]
    [InlineData("91990000MA0A00024F", "CreditCodeOrganisationCheck")]
    [InlineData("91990000MA0A00104F", "CreditCodeOrganisationCheck")] // two neighbours swapped
    public void A_wrong_code_is_told_what_is_wrong(string code, string refusal) => Assert.Equal(refusal, CreditCode.Check(code)?.Code);

    [Fact]
    public void Every_single_wrong_character_is_caught()
    {
        const string Right = "91990000MA0A00014F";
        const string Letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

        var slipped = from place in Enumerable.Range(0, CreditCode.Length)
                      from letter in Letters
                      let wrong = Right[..place] + letter + Right[(place + 1)..]
                      where wrong != Right && CreditCode.Check(wrong) is null
                      select wrong;

        Assert.Empty(slipped);
    }

    [Theory]
    [InlineData("MA2B3C4D", '1')]
    [InlineData("MA0A0001", '4')]
    [InlineData("MA0A0003", '0')]
    public void The_organisation_code_carries_its_own_check(string body, char check) => Assert.Equal(check, CreditCode.OrganisationCheck(body));

    [Theory]
    [InlineData(" 91990000 ma0a0001 4f ", "91990000MA0A00014F")]
    [InlineData("\uff19\uff11990000MA0A00014F", "91990000MA0A00014F")]
    [InlineData("  ", null)]
    [InlineData(null, null)]
    public void What_people_type_is_made_plain(string? typed, string? plain) => Assert.Equal(plain, CreditCode.Normalise(typed));
}
