using System.Text.RegularExpressions;
using Anlan.EndToEnd.Running;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Anlan.EndToEnd.Browsing;

/// <summary>Somebody with a browser: one page, cookies of their own, and a picture of what they saw when a journey failed.</summary>
internal sealed partial class Visitor : IAsyncDisposable
{
    private static readonly BundledAxeScriptProvider Axe = new();
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    public Visitor(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") _complaints.Add(message.Text);
        };
        page.PageError += (_, error) => _complaints.Add(error);
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Goes to a page of the server.</summary>
    public async Task GoAsync(string address) => await Page.GotoAsync(address);

    /// <summary>Fills the field with this label.</summary>
    public async Task FillAsync(string label, string text) => await Page.GetByLabel(label, new PageGetByLabelOptions { Exact = true }).FillAsync(text);

    /// <summary>Presses the button with this name.</summary>
    public async Task PressAsync(string name) => await Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true }).ClickAsync();

    /// <summary>Types into a box that finds one of many, takes what ends or begins like this, and waits until it is taken: the list goes only then.</summary>
    public async Task ChooseAsync(string box, string text, string option)
    {
        await Page.Locator(box).FillAsync(text);
        var offered = Page.GetByRole(AriaRole.Option, new PageGetByRoleOptions { NameRegex = new(option) });
        await offered.First.ClickAsync();
        await Assertions.Expect(offered).ToHaveCountAsync(0, new LocatorAssertionsToHaveCountOptions { Timeout = 60_000 });
    }

    /// <summary>Signs in on the sign-in page.</summary>
    public async Task SignInAsync(string userName, string password)
    {
        await GoAsync("/sign-in");
        await FillAsync("用户名", userName);
        await FillAsync("密码", password);
        await PressAsync("登录");
        await Page.WaitForURLAsync(address => !address.Contains("/sign-in", StringComparison.Ordinal), new PageWaitForURLOptions { WaitUntil = WaitUntilState.Commit });
    }

    /// <summary>Gives name and password where a second step is needed.</summary>
    public async Task GivePasswordAsync(string userName, string password)
    {
        await GoAsync("/sign-in");
        await FillAsync("用户名", userName);
        await FillAsync("密码", password);
        await PressAsync("登录");
    }

    /// <summary>Signs in where a second step is demanded and there is none yet: enrols an authenticator app on the way.</summary>
    public async Task<AuthenticatorApp> SignInAndEnrolAsync(string userName, string password)
    {
        await GivePasswordAsync(userName, password);
        await Page.WaitForURLAsync(address => address.Contains("/sign-in/enrol", StringComparison.Ordinal));
        var app = new AuthenticatorApp(await Page.Locator(".secret code").InnerTextAsync());
        await FillAsync("应用显示的 6 位验证码", app.Code());
        await PressAsync("启用并登录");
        await Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "已保存好，继续" }).ClickAsync();
        await LeavesForAsync(address => !address.Contains("/sign-in", StringComparison.Ordinal));
        return app;
    }

    /// <summary>Gives this browser a passkey device that says yes by itself, as a finger on the sensor would.</summary>
    public async Task HoldPasskeyDeviceAsync()
    {
        var devices = await Page.Context.NewCDPSessionAsync(Page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true },
        });
    }

    /// <summary>Signs in by the API with the browser's cookies, where the sign-in page itself is not what is looked at.</summary>
    public async Task EnterAsync(string userName, string password)
    {
        var answer = await _context.APIRequest.PostAsync("/api/v1/sign-in", new APIRequestContextOptions { DataObject = new { userName, password } });
        Assert.True(answer.Ok, await answer.TextAsync());
    }

    /// <summary>Asks the API with the browser's cookies, where the page itself is not what is looked at.</summary>
    public Task<IAPIResponse> AskAsync(string address, object body) => _context.APIRequest.PostAsync(address, new APIRequestContextOptions { DataObject = body });

    /// <summary>Puts something with the browser's cookies.</summary>
    public Task<IAPIResponse> PutAsync(string address, object body) => _context.APIRequest.PutAsync(address, new APIRequestContextOptions { DataObject = body });

    /// <summary>Reads from the API with the browser's cookies.</summary>
    public Task<IAPIResponse> GetAsync(string address) => _context.APIRequest.GetAsync(address);

    /// <summary>Where a page leads to, without opening it.</summary>
    public async Task<IEnumerable<string>> LinksOfAsync(string address) =>
        LinkInPage().Matches(await (await _context.APIRequest.GetAsync(address)).TextAsync()).Select(link => System.Net.WebUtility.HtmlDecode(link.Groups[1].Value));

    /// <summary>Waits until the page has everything it asked for, and its own connection where it keeps one.</summary>
    public async Task UntilQuietAsync()
    {
        await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }

    /// <summary>Waits until the page's own connection stands: what is typed before would be drawn over.</summary>
    public async Task UntilInteractiveAsync()
    {
        await Page.Locator("main[data-interactive]").WaitForAsync();
    }

    /// <summary>Waits until the address is another one; pages of the desk change it without loading anew.</summary>
    public Task LeavesForAsync(Func<string, bool> address) => Page.WaitForURLAsync(address, new PageWaitForURLOptions { WaitUntil = WaitUntilState.Commit });

    /// <summary>Waits until a text can be seen.</summary>
    public async Task SeesAsync(string text) => await Page.GetByText(text).First.WaitForAsync();

    /// <summary>Walks by the Tab key to what is called so; whoever has no mouse must come there too.</summary>
    public async Task TabToAsync(string name)
    {
        const int most = 120;
        for (var step = 0; step < most; step++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await FocusAsync() == name) return;
        }

        Assert.Fail($"{most} times Tab did not come to “{name}” on {Page.Url}.");
    }

    /// <summary>What has the focus calls itself so.</summary>
    public Task<string> FocusAsync() => Page.EvaluateAsync<string>("(document.activeElement.labels?.[0]?.innerText || document.activeElement.ariaLabel || document.activeElement.innerText || document.activeElement.placeholder || '').trim().split('\\n')[0]");

    /// <summary>Nothing serious or critical may stand in the way of anybody.</summary>
    public async Task FindsNoSeriousBarrierAsync() => Assert.Empty(await SeriousBarriersAsync());

    /// <summary>Asks axe what is serious or critical. In the page itself: the package for Playwright opens a second page to put the results of frames together, and no page here has frames.</summary>
    public async Task<IReadOnlyList<string>> SeriousBarriersAsync()
    {
        await Page.EvaluateAsync(Axe.GetScript());
        return await Page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { resultTypes: ['violations'], iframes: false })).violations
                .filter(found => found.impact === 'serious' || found.impact === 'critical')
                .map(found => `${found.id}: ${found.help} (${found.nodes.slice(0, 3).map(node => node.html).join('; ')})`)
            """);
    }

    /// <summary>Errors of the page's scripts and requests since it was asked last.</summary>
    public IReadOnlyList<string> TakeComplaints()
    {
        var taken = _complaints.ToArray();
        _complaints.Clear();
        return taken;
    }

    /// <summary>Runs a journey; on failure leaves a picture, the page's complaints and the server's log below artifacts/end-to-end.</summary>
    public async Task TravelAsync(string journey, RunningServer server, Func<Task> steps)
    {
        try
        {
            await steps();
        }
        catch
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Checkout.Evidence, journey + ".png"), FullPage = true });
            await File.WriteAllTextAsync(Path.Combine(Checkout.Evidence, journey + ".txt"), $"{Page.Url}\n{string.Join('\n', _complaints)}\n\n{server.Output}");
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    [GeneratedRegex("<a [^>]*href=\"(/[^\"]*)\"")]
    private static partial Regex LinkInPage();
}
