using System.Net;
using Anlan.Accounts.Registry;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Accounts.SetUp;

public sealed class SetUpTests
{
    [Fact]
    public async Task Before_set_up_no_account_exists()
    {
        await using var host = await AccountsHost.StartAsync();

        Assert.Empty(host.Services.GetRequiredService<AccountIndex>().All);
    }

    [Fact]
    public async Task The_link_lies_in_a_file_that_only_the_owner_reads()
    {
        await using var host = await AccountsHost.StartAsync();

        Assert.StartsWith("http://anlan.test/set-up/", await File.ReadAllTextAsync(host.LinkFile), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(host.LinkFile));
    }

    [Fact]
    public async Task The_link_makes_one_administrator_and_is_gone()
    {
        await using var host = await AccountsHost.StartAsync();
        var token = host.SetUpToken();
        var browser = host.Browser();

        var first = await AccountsHost.SetUpAsync(browser, token);
        var second = await AccountsHost.SetUpAsync(browser, token, "second-one");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("SetUpLinkInvalid", await AccountsHost.RefusalAsync(second));
        Assert.False(File.Exists(host.LinkFile));
        var account = Assert.Single(host.Services.GetRequiredService<AccountIndex>().All);
        Assert.Equal("security-administrator", account.Role);
    }

    [Fact]
    public async Task Twenty_at_once_make_one_administrator()
    {
        await using var host = await AccountsHost.StartAsync();
        var token = host.SetUpToken();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => AccountsHost.SetUpAsync(host.Browser(), token, $"chief-{i}")));

        Assert.Single(answers, a => a.IsSuccessStatusCode);
        Assert.Single(host.Services.GetRequiredService<AccountIndex>().All);
    }

    [Theory]
    [InlineData("")]
    [InlineData("guess")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_wrong_token_makes_nobody(string token)
    {
        await using var host = await AccountsHost.StartAsync();

        var answer = await AccountsHost.SetUpAsync(host.Browser(), token);

        Assert.Equal("SetUpLinkInvalid", await AccountsHost.RefusalAsync(answer));
        Assert.Empty(host.Services.GetRequiredService<AccountIndex>().All);
    }

    [Fact]
    public async Task A_weak_password_does_not_spend_the_link()
    {
        await using var host = await AccountsHost.StartAsync();
        var token = host.SetUpToken();
        var browser = host.Browser();

        var weak = await AccountsHost.SetUpAsync(browser, token, password: "admin");
        var strong = await AccountsHost.SetUpAsync(browser, token);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, weak.StatusCode);
        Assert.Equal(HttpStatusCode.OK, strong.StatusCode);
    }

    [Fact]
    public async Task A_new_start_makes_a_new_link_while_nobody_administers()
    {
        var first = await AccountsHost.StartAsync();
        var oldToken = first.SetUpToken();
        await using var second = await AccountsHost.StartAsync(await first.StopAsync());

        var old = await AccountsHost.SetUpAsync(second.Browser(), oldToken);
        var current = await AccountsHost.SetUpAsync(second.Browser(), second.SetUpToken());

        Assert.Equal("SetUpLinkInvalid", await AccountsHost.RefusalAsync(old));
        Assert.Equal(HttpStatusCode.OK, current.StatusCode);
    }

    [Fact]
    public async Task Once_set_up_a_new_start_makes_no_link_and_keeps_the_account()
    {
        var first = await AccountsHost.StartAsync();
        (await first.AdministratorAsync()).Dispose();
        await using var second = await AccountsHost.StartAsync(await first.StopAsync());

        Assert.False(File.Exists(second.LinkFile));
        Assert.Equal(HttpStatusCode.OK, (await AccountsHost.SignInAsync(second.Browser(), "root-of-all")).StatusCode);
    }
}
