using Anlan.Accounts.Credentials;

namespace Anlan.Tests.Accounts.Credentials;

public sealed class CredentialRulesTests
{
    [Theory]
    [InlineData("short", "PasswordTooShort")]
    [InlineData("elevenchars", "PasswordTooShort")]
    [InlineData("passwordpassword", "PasswordTooCommon")]
    [InlineData("Password1234", "PasswordTooCommon")]
    [InlineData("aaaaaaaaaaaaaaaa", "PasswordTooCommon")]
    [InlineData("101010101010", "PasswordTooCommon")]
    [InlineData("somebodys-name", "PasswordTooCommon")]
    public void A_password_that_is_short_or_guessed_first_is_refused(string password, string code)
    {
        var refusal = CredentialRules.CheckPassword(password, "Somebodys-Name");

        Assert.Equal((code, "password"), (refusal?.Code, refusal?.Field));
    }

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("twelve chars")]
    [InlineData("早起的焊工先检查气瓶和回火阀")]
    public void Length_is_all_that_a_password_needs(string password) => Assert.Null(CredentialRules.CheckPassword(password, "somebody"));

    [Fact]
    public void A_short_password_is_told_its_length_and_the_limit()
    {
        var refusal = CredentialRules.CheckPassword("short", null);

        Assert.Equal(("5", "12"), (refusal?.Measured?.Value, refusal?.Limit?.Value));
    }

    [Theory]
    [InlineData(null, "PinInvalid")]
    [InlineData("", "PinInvalid")]
    [InlineData("12345", "PinInvalid")]
    [InlineData("1234567", "PinInvalid")]
    [InlineData("27182a", "PinInvalid")]
    [InlineData("２７１８２８", "PinInvalid")]
    [InlineData("000000", "PinTooSimple")]
    [InlineData("121212", "PinTooSimple")]
    [InlineData("123123", "PinTooSimple")]
    [InlineData("123456", "PinTooSimple")]
    [InlineData("654321", "PinTooSimple")]
    [InlineData("890123", "PinTooSimple")]
    [InlineData("321098", "PinTooSimple")]
    [InlineData("271828", null)]
    [InlineData("102030", null)]
    public void A_pin_is_six_digits_without_a_pattern(string? pin, string? code) => Assert.Equal(code, CredentialRules.CheckPin(pin)?.Code);

    [Theory]
    [InlineData("li.ming", true)]
    [InlineData("沈建明", true)]
    [InlineData("x", false)]
    [InlineData("two words", false)]
    [InlineData("a<b>", false)]
    [InlineData(null, false)]
    public void A_user_name_is_letters_digits_and_few_signs(string? name, bool isAllowed) => Assert.Equal(isAllowed, CredentialRules.CheckUserName(name) is null);
}
