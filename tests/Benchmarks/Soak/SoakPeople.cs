using Anlan.Benchmarks.Interlock;

namespace Anlan.Benchmarks.Soak;

/// <summary>Those who look at pages: a bureau that goes through its lists again and again, and welders who sign in and out.</summary>
internal sealed class SoakPeople(int httpPort, IReadOnlyList<BenchMachine> machines, double pagesPerSecond) : IDisposable
{
    private static readonly string[] Pages =
    [
        "/desk", "/welding", "/welding/machines", "/welding/sessions", "/welding/refusals", "/enterprises", "/people", "/certificates", "/chips", "/chips/rejected", "/rules",
        "/api/v1/machines", "/api/v1/enterprises", "/api/v1/chips",
    ];

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://127.0.0.1:{httpPort}") };

    /// <summary>Pages that were read.</summary>
    public int Read { get; private set; }

    /// <summary>Goes on until stopped.</summary>
    /// <exception cref="HttpRequestException">A page was not there.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        var bureau = await SignIns.CookieOfAsync(httpPort, SeededCounty.Bureau, SeededCounty.Password, stop);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / pagesPerSecond));
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                using (var page = await AskAsync(HttpMethod.Get, Pages[Read % Pages.Length], bureau, stop)) await page.Content.CopyToAsync(Stream.Null, stop);
                Read++;
                if (Read % 5 != 0) continue;
                var machine = machines[Read / 5 % machines.Count];
                using var signedOut = await AskAsync(HttpMethod.Post, "/api/v1/sign-out", await SignIns.CookieOfAsync(httpPort, machine.UserName, SeededCounty.Password, stop), stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The soak is over.
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, string cookie, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { { "Cookie", cookie } } };
        var answer = await _http.SendAsync(request, stop);
        return answer.IsSuccessStatusCode ? answer : throw new HttpRequestException($"{path}: {(int)answer.StatusCode}");
    }
}
