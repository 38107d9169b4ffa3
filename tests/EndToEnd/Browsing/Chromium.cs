using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Anlan.EndToEnd.Browsing.Chromium))]

namespace Anlan.EndToEnd.Browsing;

/// <summary>Debian's Chromium, once for all journeys; Playwright brings its driver along and installs nothing.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
    }

    /// <summary>A visitor with cookies of their own.</summary>
    /// <param name="url">Address of the server.</param>
    /// <param name="device">What they hold.</param>
    /// <param name="language">What they read: Chinese unless they chose another language.</param>
    /// <param name="answersAlarms">False where the alarms themselves are looked at: otherwise what stands in front of the page is put out of the way.</param>
    internal async Task<Visitor> VisitAsync(Uri url, Device device, string language = "zh-CN", bool answersAlarms = true)
    {
        var (width, height) = device == Device.Phone ? (390, 844) : (1440, 900);
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = url.AbsoluteUri,
            Locale = language,
            TimezoneId = "Asia/Shanghai",
            ViewportSize = new ViewportSize { Width = width, Height = height },
            HasTouch = device == Device.Phone,
            IsMobile = device == Device.Phone,
        });
        context.SetDefaultTimeout(60_000);
        if (language != "zh-CN") await context.APIRequest.GetAsync($"/language/{language}");
        var page = await context.NewPageAsync();
        if (answersAlarms) await page.AddLocatorHandlerAsync(page.Locator(".alarm-pop:not(.away)"), () => page.EvaluateAsync("document.querySelector('.alarm-pop')?.classList.add('away'); document.querySelector('.alarm-bar')?.style.setProperty('display', 'none')"));
        return new Visitor(context, page);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

/// <summary>What a visitor looks at the pages with.</summary>
internal enum Device
{
    /// <summary>A desk's screen.</summary>
    Desk,
    /// <summary>A phone.</summary>
    Phone,
}
