using Anlan.Accounts.Sessions;

namespace Anlan.Tests.Accounts.Sessions;

public sealed class ReturnUrlTests
{
    [Theory]
    [InlineData("/machines?page=2#x")]
    [InlineData("/")]
    [InlineData("/w/DQ-0716")]
    public void A_path_of_this_server_is_followed(string address) => Assert.Equal(address, ReturnUrl.Local(address));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("/\t/elsewhere.example/")]
    [InlineData("/a\\..\\b")]
    [InlineData("javascript:alert(1)")]
    [InlineData("machines")]
    public void Anything_else_leads_to_the_front_page(string? address) => Assert.Equal("/", ReturnUrl.Local(address));
}
