using Anlan.Simulator.County;

namespace Anlan.Tests.Platform.Simulator.County;

public sealed class InventedNumbersTests
{
    [Fact]
    public void Credit_codes_pass_their_check_and_belong_to_no_place()
    {
        var dice = new Random(1);

        Assert.All(Enumerable.Range(0, 500).Select(_ => InventedNumbers.CreditCode(dice, InventedNumbers.NoPlace)), code =>
        {
            // GB 32100: the weighted sum of all characters, the check character with weight 1, is divisible by 31.
            const string letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
            int[] weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1];
            Assert.Equal(18, code.Length);
            Assert.Equal("990000", code[2..8]);
            Assert.Equal(0, code.Select((letter, index) => letters.IndexOf(letter, StringComparison.Ordinal) * weights[index]).Sum() % 31);
        });
    }

    [Fact]
    public void Identity_numbers_pass_their_check_and_belong_to_no_place()
    {
        var dice = new Random(1);

        Assert.All(Enumerable.Range(0, 500).Select(_ => InventedNumbers.Identity(dice)), number =>
        {
            // GB 11643: the weighted sum of all characters (X = 10, weight 1 last) leaves 1 when divided by 11.
            int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
            Assert.Equal(18, number.Length);
            Assert.StartsWith("990000", number, StringComparison.Ordinal);
            Assert.Equal(1, number.Select((letter, index) => (letter == 'X' ? 10 : letter - '0') * weights[index]).Sum() % 11);
        });
    }

    [Fact]
    public void Passwords_and_pins_pass_the_servers_rules()
    {
        Assert.All(Enumerable.Range(0, 500), _ =>
        {
            Assert.Null(Anlan.Accounts.Credentials.CredentialRules.CheckPin(Secrets.Pin()));
            Assert.Null(Anlan.Accounts.Credentials.CredentialRules.CheckPassword(Secrets.Password(), "welder01"));
        });
    }
}
