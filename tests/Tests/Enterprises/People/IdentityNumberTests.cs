using Anlan.Enterprises.People;

namespace Anlan.Tests.Enterprises.People;

public sealed class IdentityNumberTests
{
    private static readonly DateOnly Today = new(2026, 1, 5);

    [Theory]
    [InlineData("990000198506151232")]
    [InlineData("990000199001010017")]
    [InlineData("990000197812314568")]
    [InlineData("990000200508080028")]
    [InlineData("11010519491231002X")] // the example of GB 11643
    public void A_right_number_passes(string number) => Assert.Null(IdentityNumber.Check(number, Today, allowSynthetic: true));

    [Theory]
    [InlineData("", "IdentityNumberFormat")]
    [InlineData("99000019850615123", "IdentityNumberFormat")]
    [InlineData("9900001985061512322", "IdentityNumberFormat")]
    [InlineData("99000019850615123Y", "IdentityNumberFormat")]
    [InlineData("X90000198506151232", "IdentityNumberFormat")]
    [InlineData("090000198506151232", "IdentityNumberFormat")]
    [InlineData("990000198506151233", "IdentityNumberCheckDigit")]
    [InlineData("990000198505151232", "IdentityNumberCheckDigit")]
    [InlineData("990000198506511232", "IdentityNumberDate")]
    [InlineData("990000198502301232", "IdentityNumberDate")]
    [InlineData("990000202602301232", "IdentityNumberDate")]
    [InlineData("990000203001011232", "IdentityNumberDate")] // born after today
    [InlineData("990000189912311232", "IdentityNumberDate")]
    public void A_wrong_number_is_told_what_is_wrong(string number, string refusal) => Assert.Equal(refusal, IdentityNumber.Check(number, Today, allowSynthetic: true)?.Code);

    [Fact]
    public void Numbers_that_belong_to_nobody_are_for_demonstrations_only()
    {
        Assert.Equal("IdentityNumberSynthetic", IdentityNumber.Check("990000198506151232", Today, allowSynthetic: false)?.Code);
        Assert.Null(IdentityNumber.Check("11010519491231002X", Today, allowSynthetic: false));
    }

    [Fact]
    public void No_refusal_repeats_the_number()
    {
        var refusal = IdentityNumber.Check("990000198506151233", Today, allowSynthetic: true)!;

        Assert.Equal("3", refusal.Measured?.Value);
        Assert.Null(refusal.Limit);
    }

    [Fact]
    public void Every_single_wrong_digit_is_caught()
    {
        const string Right = "990000198506151232";

        var slipped = from place in Enumerable.Range(0, IdentityNumber.Length)
                      from digit in "0123456789X"
                      let wrong = Right[..place] + digit + Right[(place + 1)..]
                      where wrong != Right && IdentityNumber.Check(wrong, Today, allowSynthetic: true) is null
                      select wrong;

        Assert.Empty(slipped);
    }

    [Theory]
    [InlineData(" 110105 19491231 002x ", "11010519491231002X")]
    [InlineData("\uff11\uff11010519491231002\uff38", "11010519491231002X")]
    public void What_people_type_is_made_plain(string typed, string plain) => Assert.Equal(plain, IdentityNumber.Normalise(typed));
}
