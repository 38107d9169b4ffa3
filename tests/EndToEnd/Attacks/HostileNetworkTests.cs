using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Benchmarks;
using Anlan.EndToEnd.Running;

namespace Anlan.EndToEnd.Attacks;

/// <summary>A welder works while others send the broker nonsense: every attempt is refused and counted, every start succeeds.</summary>
public sealed class HostileNetworkTests
{
    private const int Rounds = 20;
    private const string Guess = "not-the-secret-but-nobody-shall-read-it";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Every_normal_start_succeeds_while_garbage_floods_foreign_topics_and_wrong_credentials_are_refused_and_counted()
    {
        await using var county = await DemoCounty.StartAsync(machines: 30);
        using var bureau = await SignInAsync(county, county.Desk("city-bureau"));
        using var desk = await SignInAsync(county, county.Desk("system-administrator"));
        var (userName, password, pin, machine) = county.Welder("licensed");
        using var welder = await SignInAsync(county, (userName, password));
        var secret = (await PostAsync(bureau, "chips", new { serial = "HOSTILE-1" })).GetProperty("secret").GetString()!;

        await Waiting.UntilAsync(async () => await StateAsync(welder, machine) == "idle", Longest, "the machine is idle");
        var attacks = AttackAsync(new Attackers(county.Server.MqttPort, "HOSTILE-1", secret));
        var starts = 0;
        for (; !attacks.IsCompleted || starts < 5; starts++) await StartAndStopAsync(welder, pin, machine);
        await attacks;

        var expected = new Dictionary<string, long> { ["malformed"] = 0, ["oversized"] = Rounds, ["foreignTopic"] = 2 * Rounds, ["credential"] = Rounds, ["noMqtt"] = 4 * Rounds, ["tooMany"] = 0 };
        await Waiting.UntilAsync(async () => (await CountsAsync(desk)).Values.Sum() >= expected.Values.Sum(), Longest, $"{expected.Values.Sum()} attempts are counted");
        Assert.Equal(expected, await CountsAsync(desk));
        await AssertInspectableAsync(desk, secret);
        // Nobody learnt or did anything: the attacker's chip is fitted nowhere, and no refusal of a start was written.
        Assert.Equal(0, (await GetAsync(bureau, $"refusals?search={machine}")).GetProperty("total").GetInt32());
    }

    private static Task AttackAsync(Attackers attackers)
    {
        var dice = new Random(7);
        string[] topics = ["anlan/v1/chip/DQ-CHIP-0001/up/hello", "anlan/v1/chip/HOSTILE-1/down/grant", "$SYS/broker", "anything"];
        string[] filters = ["#", "anlan/v1/chip/+/down/#", "anlan/v1/chip/DQ-CHIP-0001/down/grant", "$SYS/#"];
        return Task.WhenAll(
        [
            AttackAsDeviceAsync(attackers, topics, filters),
            .. Enumerable.Range(0, Rounds).SelectMany(_ => (Task[])
            [
                attackers.SendGarbageAsync(new Random(dice.Next())),
                attackers.SendUnreadableConnectAsync(),
                attackers.StayHalfOpenAsync(),
                attackers.StaySilentAsync(),
                attackers.GuessAsync(Guess),
            ]),
        ]);
    }

    // One after the other: a chip has few lines at a time, and each attempt is to be refused for itself.
    private static async Task AttackAsDeviceAsync(Attackers attackers, string[] topics, string[] filters)
    {
        for (var round = 0; round < Rounds; round++)
        {
            await attackers.SendMegabyteAsync();
            await attackers.PublishForeignAsync(topics[round % topics.Length]);
            await attackers.SubscribeForeignAsync(filters[round % filters.Length]);
        }
    }

    private static async Task StartAndStopAsync(HttpClient welder, string pin, string machine)
    {
        var proof = (await PostAsync(welder, "me/proof", new { pin })).GetProperty("proof").GetString();
        var start = await PostAsync(welder, $"machines/{machine}/start", new { proof, waitSeconds = 20 });
        Assert.Equal("powered", start.GetProperty("state").GetString());
        await PostAsync(welder, $"machines/{machine}/stop", new { });
        await Waiting.UntilAsync(async () => await StateAsync(welder, machine) == "idle", Longest, "the machine is idle");
    }

    private static async Task<string?> StateAsync(HttpClient welder, string machine) => (await GetAsync(welder, $"machines/{machine}/live")).GetProperty("state").GetString();

    private static async Task AssertInspectableAsync(HttpClient desk, string secret)
    {
        foreach (var (kind, source) in ((string, string)[])[("oversized", "127.0.0.1"), ("foreignTopic", "HOSTILE-1"), ("credential", "127.0.0.1"), ("noMqtt", "127.0.0.1")])
        {
            var page = await GetAsync(desk, $"chips/rejected?kind={kind}&size=100");
            Assert.NotEqual(0, page.GetProperty("items").GetArrayLength());
            Assert.All(page.GetProperty("items").EnumerateArray(), row => Assert.Equal(source, row.GetProperty("source").GetString()));
            Assert.DoesNotContain(secret, page.GetRawText(), StringComparison.Ordinal);
            Assert.DoesNotContain(Guess, page.GetRawText(), StringComparison.Ordinal);
        }
    }

    private static async Task<Dictionary<string, long>> CountsAsync(HttpClient desk) =>
        (await GetAsync(desk, "chips/rejected/counts")).EnumerateArray().ToDictionary(count => count.GetProperty("kind").GetString()!, count => count.GetProperty("total").GetInt64());

    private static async Task<HttpClient> SignInAsync(DemoCounty county, (string UserName, string Password) who)
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(county.Server.Url, "/api/v1/") };
        await PostAsync(client, "sign-in", new { userName = who.UserName, password = who.Password });
        return client;
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static Task<JsonElement> GetAsync(HttpClient client, string path) => client.GetFromJsonAsync<JsonElement>(path);
}
