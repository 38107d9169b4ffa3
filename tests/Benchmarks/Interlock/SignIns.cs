using System.Net.Http.Json;
using System.Text.Json;

namespace Anlan.Benchmarks.Interlock;

/// <summary>Signs every welder in and proves with the PIN that each is present, over the API like a phone.</summary>
internal static class SignIns
{
    private const int AtOnce = 32;
    private const int Attempts = 3;

    /// <summary>Gives every machine's welder a cookie and a proof.</summary>
    public static async Task RunAsync(int httpPort, IReadOnlyList<BenchMachine> machines, CancellationToken stop)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false };
        using var http = new HttpClient(handler) { BaseAddress = Api(httpPort) };
        await Parallel.ForEachAsync(machines, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (machine, cancelled) =>
        {
            machine.Cookie = await CookieOfAsync(http, machine.UserName, SeededCounty.Password, cancelled);

            using var proving = new HttpRequestMessage(HttpMethod.Post, "me/proof") { Content = JsonContent.Create(new { SeededCounty.Pin }), Headers = { { "Cookie", machine.Cookie } } };
            using var proved = await http.SendAsync(proving, cancelled);
            proved.EnsureSuccessStatusCode();
            machine.Proof = (await proved.Content.ReadFromJsonAsync<JsonElement>(cancelled)).GetProperty("proof").GetString()!;
        });
    }

    /// <summary>Signs somebody in; answers the cookie.</summary>
    public static async Task<string> CookieOfAsync(int httpPort, string userName, string password, CancellationToken stop)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false };
        using var http = new HttpClient(handler) { BaseAddress = Api(httpPort) };
        return await CookieOfAsync(http, userName, password, stop);
    }

    private static Uri Api(int httpPort) => new($"http://127.0.0.1:{httpPort}/api/v1/");

    private static async Task<string> CookieOfAsync(HttpClient http, string userName, string password, CancellationToken stop)
    {
        using var signedIn = await SignInAsync(http, userName, password, stop);
        signedIn.EnsureSuccessStatusCode();
        return signedIn.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("anlan=", StringComparison.Ordinal)).Split(';')[0];
    }

    // A balancer that finds a busy server not ready ends its connections: a phone asks again.
    private static async Task<HttpResponseMessage> SignInAsync(HttpClient http, string userName, string password, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await http.PostAsJsonAsync("sign-in", new { userName, password }, stop);
            }
            catch (HttpRequestException) when (attempt < Attempts)
            {
                await Task.Delay(TimeSpan.FromSeconds(attempt), stop);
            }
        }
    }
}
