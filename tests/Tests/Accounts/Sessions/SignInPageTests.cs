using System.Net;

namespace Anlan.Tests.Accounts.Sessions;

public sealed class SignInPageTests
{
    private static Task<HttpResponseMessage> FillInAsync(HttpClient browser, string page, string password = AccountsHost.Password) =>
        AccountsHost.FillInAsync(browser, page, ("UserName", "root-of-all"), ("Password", password));

    [Theory]
    [InlineData("/desk?page=2", "/desk?page=2")]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("//elsewhere.example/", "/")]
    [InlineData("/\\elsewhere.example/", "/")]
    public async Task Signing_in_leads_back_to_where_one_came_from_but_never_to_another_server(string returnUrl, string leadsTo)
    {
        await using var host = await AccountsHost.StartAsync();
        (await host.AdministratorAsync()).Dispose();

        var answer = await FillInAsync(host.Browser(), "/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(new Uri("http://anlan.test" + leadsTo), new Uri(new Uri("http://anlan.test"), answer.Headers.Location!));
        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("anlan=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_password_is_told_on_the_page_and_sets_no_cookie()
    {
        await using var host = await AccountsHost.StartAsync();
        (await host.AdministratorAsync()).Dispose();
        var browser = host.Browser();
        browser.DefaultRequestHeaders.Add("Accept-Language", "en");

        var answer = await FillInAsync(browser, "/sign-in", "wrong password here");

        Assert.Contains("User name or password is wrong", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], cookie => cookie.StartsWith("anlan=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_that_this_server_did_not_make_is_refused()
    {
        await using var host = await AccountsHost.StartAsync();
        (await host.AdministratorAsync()).Dispose();
        using var forged = new FormUrlEncodedContent([new("_handler", "sign-in"), new("Input.UserName", "root-of-all"), new("Input.Password", AccountsHost.Password)]);

        var answer = await host.Browser().PostAsync("/sign-in", forged);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Before_set_up_the_page_says_where_the_link_is()
    {
        await using var host = await AccountsHost.StartAsync();
        var browser = host.Browser();
        browser.DefaultRequestHeaders.Add("Accept-Language", "en");

        Assert.Contains("set-up-link.txt", await browser.GetStringAsync("/sign-in"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_on_the_page_ends_the_session()
    {
        await using var host = await AccountsHost.StartAsync();
        var browser = await host.AdministratorAsync();

        var answer = await AccountsHost.FillInAsync(browser, "/sign-out");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/me")).StatusCode);
    }
}
