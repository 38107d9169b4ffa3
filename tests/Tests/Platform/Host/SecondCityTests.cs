using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Host;
using Anlan.Kernel.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Anlan.Tests.Platform.Host;

/// <summary>No city is in the code: an invented one, in another province and time zone, runs from its own pack.</summary>
public sealed class SecondCityTests
{
    [Fact]
    public async Task An_invented_city_runs_from_its_own_pack_and_nothing_of_the_first_one_shows()
    {
        var folder = Directory.CreateTempSubdirectory("anlan-city-").FullName;
        var port = FreePort.Find();
        var pack = Path.Combine(AppContext.BaseDirectory, "Platform", "Host", "Cities", "yunchuan");
        await using (var app = HostApplication.Build([$"--Anlan:Data={folder}", $"--Anlan:HttpPort={port}", $"--Anlan:MqttPort={FreePort.Find()}", $"--Anlan:CityPack={pack}", "--Anlan:Demo=true", "--Anlan:Accounts:HashIterations=1000", .. TestStore.Arguments(folder)],
            builder => builder.Logging.ClearProviders()))
        {
            await app.StartAsync();
            using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await SignInAsync(browser, folder);

            var divisions = await browser.GetFromJsonAsync<JsonElement>("/api/v1/divisions");
            var chinese = await browser.GetStringAsync("/welding");
            await browser.GetAsync("/language/en?returnUrl=/health/live");
            var english = await browser.GetStringAsync("/welding");

            Assert.Contains("石桥镇", JsonNames(divisions), StringComparer.Ordinal);
            Assert.Contains("云川市", WebUtility.HtmlDecode(chinese), StringComparison.Ordinal);
            Assert.Contains("西岭县", WebUtility.HtmlDecode(chinese), StringComparison.Ordinal);
            Assert.Contains("990-0000", chinese, StringComparison.Ordinal);
            Assert.Contains("Yunchuan", english, StringComparison.Ordinal);
            Assert.Equal("Asia/Urumqi", app.Services.GetRequiredService<CityCalendar>().Zone.Id);
            foreach (var page in new[] { chinese, english, divisions.GetRawText() })
            {
                Assert.DoesNotContain("湖州", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
                Assert.DoesNotContain("德清", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
                Assert.DoesNotContain("Huzhou", page, StringComparison.Ordinal);
            }
        }

        TestStore.Remove(folder);
    }

    // The first administrator, who admits the second, who enters the bureau, whose officer looks at the city.
    private static async Task SignInAsync(HttpClient browser, string folder)
    {
        var token = (await File.ReadAllTextAsync(Path.Combine(folder, "set-up-link.txt"))).Trim().Split('/')[^1];
        (await browser.PostAsJsonAsync("/api/v1/set-up", new { token, userName = "chief", password = "correct horse battery", displayName = "Chief" })).EnsureSuccessStatusCode();
        await EnterAsync(browser, "chief");
        await ClaimAsync(browser, new { role = "system-administrator", displayName = "System" }, "system");
        await EnterAsync(browser, "system");
        var organ = (await (await browser.PostAsJsonAsync("/api/v1/organs", new { kind = "cityBureau", nameZh = "Bureau", nameEn = "Bureau" })).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await EnterAsync(browser, "chief");
        await ClaimAsync(browser, new { role = "city-bureau", displayName = "Officer", organ }, "officer");
        await EnterAsync(browser, "officer");
    }

    private static async Task EnterAsync(HttpClient browser, string userName) => (await browser.PostAsJsonAsync("/api/v1/sign-in", new { userName, password = "correct horse battery" })).EnsureSuccessStatusCode();

    private static async Task ClaimAsync(HttpClient browser, object invitation, string userName)
    {
        var invited = await (await browser.PostAsJsonAsync("/api/v1/invitations", invitation)).Content.ReadFromJsonAsync<JsonElement>();
        (await browser.PostAsJsonAsync("/api/v1/claims", new { invitation = invited.GetProperty("id").GetGuid(), code = invited.GetProperty("code").GetString(), userName, password = "correct horse battery" })).EnsureSuccessStatusCode();
    }

    private static List<string> JsonNames(JsonElement divisions) =>
        [.. (divisions.ValueKind == JsonValueKind.Array ? divisions : divisions.GetProperty("items")).EnumerateArray().Select(division => division.GetProperty("name").GetString()!)];
}
