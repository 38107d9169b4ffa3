using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Accounts.Credentials;
using Anlan.Accounts.Registry;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Welding.Interlock;

/// <summary>A welder's phone: signed in over HTTP, with a fresh proof of person.</summary>
internal sealed class SignedInWelder : IDisposable
{
    private const string Password = "correct horse battery";
    private const string Pin = "271828";
    private readonly HttpClient _http;
    private readonly string _proof;

    private SignedInWelder(HttpClient http, string proof) => (_http, _proof) = (http, proof);

    public static async Task<SignedInWelder> AtAsync(WeldingHost host, PersonId person)
    {
        var userName = "welder-" + person.Value.ToString("N")[^12..];
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var credentials = scope.ServiceProvider.GetRequiredService<CredentialBox>();
            var account = new Account { Id = Guid.CreateVersion7(), UserName = userName, Role = RoleNames.Welder, Person = person, CreatedAt = host.Clock.GetUtcNow() };
            Assert.Null(await credentials.AddAsync(account, Password));
            credentials.ReplacePin(account, Pin);
            await scope.ServiceProvider.GetRequiredService<AnlanDb>().SaveAsync();
        }

        var http = new HttpClient { BaseAddress = new Uri(host.Url, "/api/v1/") };
        Assert.True((await http.PostAsJsonAsync("sign-in", new { userName, Password })).IsSuccessStatusCode);
        var proved = await http.PostAsJsonAsync("me/proof", new { Pin });
        return new SignedInWelder(http, (await proved.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("proof").GetString()!);
    }

    public Task<HttpResponseMessage> StartAsync(AMachine machine, double waitSeconds = 0) => _http.PostAsJsonAsync($"machines/{machine.Code}/start", new { proof = _proof, waitSeconds });

    /// <summary>A mistyped PIN, which is counted in the tables.</summary>
    public Task<HttpResponseMessage> ProveWronglyAsync() => _http.PostAsJsonAsync("me/proof", new { Pin = "000000" });

    public Task<HttpResponseMessage> StopAsync(AMachine machine) => _http.PostAsJsonAsync($"machines/{machine.Code}/stop", new { });

    /// <summary>What the phone page shows after the welder pressed start, with its status.</summary>
    public async Task<(System.Net.HttpStatusCode Status, string Page)> PressStartAsync(AMachine machine)
    {
        var page = new Uri($"/w/{machine.Code}", UriKind.Relative);
        var shown = await _http.GetStringAsync(page);
        var token = System.Text.RegularExpressions.Regex.Match(shown, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("_handler", "start"), new("__RequestVerificationToken", token), new("Input.Pin", Pin)]);
        using var answer = await _http.PostAsync(page, form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A request that needs no commit: when it is answered the server has had time for whatever it wanted to send.</summary>
    public async Task AskAsync() => Assert.True((await _http.GetAsync(new Uri("me", UriKind.Relative))).IsSuccessStatusCode);

    public void Dispose() => _http.Dispose();
}
