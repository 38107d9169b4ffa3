using System.Text;
using Anlan.Accounts.Factors;

namespace Anlan.Tests.Accounts.Factors;

public sealed class TotpTests
{
    private static readonly byte[] Secret = "12345678901234567890"u8.ToArray();
    private static readonly DateTimeOffset Noon = new(2040, 3, 5, 12, 0, 10, TimeSpan.Zero);

    // RFC 6238, appendix B, the rows of SHA-1.
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void The_vectors_of_rfc_6238_come_out(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeOf(Secret, Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds)), digits: 8));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_code_serves_one_step_before_and_after_its_own(int steps, bool serves)
    {
        var code = Totp.CodeOf(Secret, Totp.StepOf(Noon) + steps);

        Assert.Equal(serves ? Totp.StepOf(Noon) + steps : null, Totp.FindStep(Secret, code, Noon, lastStep: 0));
    }

    [Fact]
    public void No_code_serves_twice_and_none_before_a_used_one_even_when_the_clock_is_set_back()
    {
        var used = Totp.StepOf(Noon);

        Assert.Null(Totp.FindStep(Secret, Totp.CodeOf(Secret, used), Noon, used));
        Assert.Null(Totp.FindStep(Secret, Totp.CodeOf(Secret, used - 1), Noon, used));
        Assert.Null(Totp.FindStep(Secret, Totp.CodeOf(Secret, used - 20), Noon.AddMinutes(-10), used));
        Assert.Equal(used + 1, Totp.FindStep(Secret, Totp.CodeOf(Secret, used + 1), Noon, used));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("１２３４５６")]
    public void What_is_no_six_digits_is_no_code(string typed) => Assert.Null(Totp.FindStep(Secret, typed, Noon, lastStep: 0));

    // RFC 4648, section 10, without padding.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Secrets_are_written_as_rfc_4648_says(string bytes, string text) => Assert.Equal(text, Base32.Encode(Encoding.ASCII.GetBytes(bytes)));
}
