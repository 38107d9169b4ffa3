using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Anlan.Benchmarks.Interlock;
using Microsoft.Playwright;

namespace Anlan.Benchmarks.Alarms;

/// <summary>Somebody of the bureau with a real browser on the list of alarms; notes when the bell shows how many wait.</summary>
internal sealed class Watcher : IAsyncDisposable
{
    // Text that changes is told at once, in the browser's own turn; the number stands in the bell.
    private const string Watch = """
        () => { let last = -1; const look = () => { const shown = document.querySelector('.top .icb .cnt'); const count = shown ? Number(shown.textContent) : 0; if (count !== last) { last = count; window.shown(count); } };
          new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true }); look(); }
        """;

    private readonly ConcurrentQueue<(int Count, long At)> _seen = new();
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Watcher(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Watcher> OpenAsync(int port, CancellationToken stop)
    {
        var playwright = await Playwright.CreateAsync();
        var watcher = new Watcher(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-dev-shm-usage"] }));
        var cookie = (await SignIns.CookieOfAsync(port, SeededCounty.Bureau, SeededCounty.Password, stop)).Split('=', 2);
        var context = await watcher._browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = $"http://127.0.0.1:{port}" });
        await context.AddCookiesAsync([new Cookie { Name = cookie[0], Value = cookie[1], Domain = "127.0.0.1", Path = "/" }]);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/alarms");
        await page.Locator("main[data-interactive]").WaitForAsync();
        await page.ExposeFunctionAsync("shown", (int count) => watcher._seen.Enqueue((count, Stopwatch.GetTimestamp())));
        await page.EvaluateAsync(Watch);
        return watcher;
    }

    /// <summary>Waits until so many are shown.</summary>
    public Task UntilAsync(int count, TimeSpan most, CancellationToken stop) =>
        Waiting.UntilAsync(() => _seen.Any(seen => seen.Count >= count), most, string.Create(CultureInfo.InvariantCulture, $"the bell shows {count}"), seen: () => _seen.LastOrDefault().ToString(), stop: stop);

    /// <summary>From each condition until the bell showed as many as had been told by then.</summary>
    /// <param name="sent">When each was told.</param>
    /// <param name="after">Those before it are not counted.</param>
    public Latencies LatenciesOf(IReadOnlyList<long> sent, int after)
    {
        var (latencies, seen) = (new Latencies(), _seen.ToList());
        var at = 0;
        for (var number = after; number < sent.Count; number++)
        {
            while (seen[at].Count <= number) at++;
            latencies.Add(seen[at].At - sent[number]);
        }

        return latencies;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
