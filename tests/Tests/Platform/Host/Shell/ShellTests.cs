using System.Net;
using Anlan.Contracts.Accounts;
using Anlan.Host;
using Anlan.Host.Shell;
using Anlan.Toolkit.Access;

namespace Anlan.Tests.Platform.Host.Shell;

/// <summary>What every page stands in: navigation by role, the two languages, the two displays, and the pages for what went wrong.</summary>
public sealed class ShellTests(RunningShell shell) : IClassFixture<RunningShell>
{
    [Fact]
    public void Nobody_is_offered_what_they_may_not_open()
    {
        var permissions = new TestPermissions(HostApplication.Modules);

        var offered = new[] { RoleNames.SystemAdministrator, RoleNames.SecurityAdministrator, RoleNames.AuditAdministrator, RoleNames.CityBureau, RoleNames.SafetyManager, RoleNames.Welder }
            .ToDictionary(role => role, role => DeskLayout.NavigationFor(ActorIn(role), HostApplication.Modules, permissions));

        Assert.All(offered, pair => Assert.All(pair.Value, entry => Assert.True(entry.Permission is null || permissions.IsHeld(entry.Permission, ActorIn(pair.Key)))));
        Assert.Contains(offered[RoleNames.SystemAdministrator], entry => entry.Href == "/organs");
        Assert.Contains(offered[RoleNames.SecurityAdministrator], entry => entry.Href == "/roles");
        Assert.Contains(offered[RoleNames.AuditAdministrator], entry => entry.Href == "/audit");
        Assert.DoesNotContain(offered[RoleNames.SystemAdministrator].Concat(offered[RoleNames.SecurityAdministrator]), entry => entry.Href is "/audit" or "/enterprises" or "/people");
        Assert.Empty(offered[RoleNames.Welder]);
        Assert.All(offered.Values, entries => Assert.Equal(entries.OrderBy(entry => entry.Group).ThenBy(entry => entry.Order), entries));
    }

    private static Actor ActorIn(string role) => new(Guid.Empty, role, role, null, null);

    [Fact]
    public async Task Whoever_is_not_signed_in_is_led_to_the_sign_in_page_and_back()
    {
        using var browser = shell.Browser();

        var answer = await browser.GetAsync("/accounts?search=a&page=2");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in?returnUrl=" + Uri.EscapeDataString("/accounts?search=a&page=2"), answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/api/v1/sign-in", HttpStatusCode.UnsupportedMediaType, "application/json")]
    [InlineData("/api/v1/chips/import", HttpStatusCode.UnsupportedMediaType, "text/csv")]
    [InlineData("/api/v1/nothing", HttpStatusCode.NotFound, "OperationUnknown")]
    public async Task An_operation_that_is_asked_with_another_kind_of_content_says_what_it_takes_and_one_that_is_not_there_says_so(string path, HttpStatusCode status, string told)
    {
        using var browser = shell.Browser();
        using var body = new StringContent("rubbish", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");

        var answer = await browser.PostAsync(path, body);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(told, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_language_is_chosen_once_and_leads_back()
    {
        using var browser = shell.Browser();
        var chinese = await browser.GetStringAsync("/sign-in");

        var answer = await browser.GetAsync("/language/en?returnUrl=%2Fsign-in%3Fname%3Da");
        var english = await browser.GetStringAsync("/sign-in");

        Assert.Contains("<html lang=\"zh-CN\"", chinese, StringComparison.Ordinal);
        Assert.Equal("/sign-in?name=a", answer.Headers.Location!.OriginalString);
        Assert.Contains("<html lang=\"en\"", english, StringComparison.Ordinal);
        Assert.Contains("Sign in", english, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/language/en?returnUrl=https%3A%2F%2Fevil.test")]
    [InlineData("/language/en?returnUrl=%2F%2Fevil.test")]
    [InlineData("/display/dark?returnUrl=%2F%5Cevil.test")]
    [InlineData("/display/dark")]
    public async Task A_choice_never_leads_to_another_server(string address)
    {
        using var browser = shell.Browser();

        var answer = await browser.GetAsync(address);

        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task The_dark_display_is_kept()
    {
        using var browser = shell.Browser();

        await browser.GetAsync("/display/dark");
        var dark = await browser.GetStringAsync("/sign-in");
        await browser.GetAsync("/display/light");
        var light = await browser.GetStringAsync("/sign-in");

        Assert.Contains("data-theme=\"dark\"", dark, StringComparison.Ordinal);
        Assert.DoesNotContain("data-theme", light, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/language/fr")]
    [InlineData("/display/pink")]
    [InlineData("/nowhere/at/all")]
    public async Task What_does_not_exist_is_a_page_that_says_so(string address)
    {
        using var browser = shell.Browser();

        var answer = await browser.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("没有这个页面", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/_content/Anlan.Toolkit/tokens.css")]
    [InlineData("/_content/Anlan.Toolkit/anlan.css")]
    [InlineData("/_content/Anlan.Toolkit/icons.svg")]
    [InlineData("/_content/Anlan.Toolkit/Ui/DistrictMap.razor.js")]
    [InlineData("/Anlan.Host.styles.css")]
    [InlineData("/favicon.svg")]
    public async Task Everything_that_a_page_asks_for_is_served_without_signing_in(string address)
    {
        using var browser = shell.Browser();

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task A_desk_page_is_complete_before_any_script_runs()
    {
        using var browser = await shell.AdministratorAsync();

        var page = WebUtility.HtmlDecode(await browser.GetStringAsync("/accounts"));

        Assert.Contains("<title>账号</title>", page, StringComparison.Ordinal);
        Assert.Contains("chief", page, StringComparison.Ordinal);
        Assert.Contains("aria-current=\"page\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/sign-out\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_installation_says_what_comes_next_and_leads_there()
    {
        using var browser = await shell.AdministratorAsync();

        var page = WebUtility.HtmlDecode(await browser.GetStringAsync("/accounts"));
        var form = await browser.GetAsync("/accounts/invite?role=system-administrator");

        Assert.Contains("href=\"/accounts/invite?role=system-administrator\"", page, StringComparison.Ordinal);
        Assert.Contains("邀请审计管理员", page, StringComparison.Ordinal);
        Assert.Contains("系统管理员", WebUtility.HtmlDecode(await form.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signed_in_administrator_begins_at_the_first_entry_they_may_open()
    {
        using var browser = await shell.AdministratorAsync();

        var answer = await browser.GetAsync("/");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.NotEqual("/sign-in", answer.Headers.Location!.OriginalString);
    }
}
