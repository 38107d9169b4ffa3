using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Benchmarks;
using Anlan.EndToEnd.Running;
using Npgsql;

namespace Anlan.EndToEnd.Stores;

/// <summary>A county that began on SQLite moves to PostgreSQL: everything is there, the machines start, and nobody can go back by mistake.</summary>
public sealed class MoveToPostgresTests : IAsyncLifetime
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly string[] Lists = ["enterprises", "people", "machines", "chips", "certificates", "sessions", "refusals"];
    private readonly string _name = "move_" + Guid.CreateVersion7().ToString("N")[^12..];

    private static string Postgres => Environment.GetEnvironmentVariable("ANLAN_TEST_POSTGRES") is { Length: > 0 } server
        ? server
        : throw new InvalidOperationException("ANLAN_TEST_POSTGRES names no server; ./anlan test starts one.");

    private string Target => new NpgsqlConnectionStringBuilder(Postgres) { Database = _name }.ConnectionString;

    public async ValueTask InitializeAsync() => await RunAsync($"create database \"{_name}\" template template0 encoding 'UTF8' locale 'C'");

    public async ValueTask DisposeAsync() => await RunAsync($"drop database if exists \"{_name}\" with (force)");

    [Fact]
    public async Task A_county_moves_with_everything_it_has_and_goes_on_working()
    {
        await using var county = await DemoCounty.StartAsync(machines: 4);
        var welder = county.Welder("licensed");
        Assert.Equal("powered", await WorkAsync(county.Server, welder));
        var before = await CountAsync(county);
        var move = new[] { "migrate-store", $"--Anlan:Data={county.Server.Data}", $"--Anlan:Postgres={Target}" };

        var (early, busy) = await RunningProgram.RunAsync("Host", move);
        Assert.True(early == 1 && busy.Contains("is in use", StringComparison.Ordinal), busy);
        await county.Server.KillAsync();
        var (code, said) = await RunningProgram.RunAsync("Host", move);
        Assert.True(code == 0, said);
        Assert.Contains("counts are equal", said, StringComparison.Ordinal);

        await county.Server.StartAgainAsync($"--Anlan:Postgres={Target}");
        Assert.Equal(before, await CountAsync(county));
        Assert.Equal("powered", await WorkAsync(county.Server, welder));
        Assert.False(File.Exists(Path.Combine(county.Server.Data, "hot.db")));
        var (again, refused) = await RunningProgram.RunAsync("Host", move);
        Assert.True(again == 1 && refused.Contains("no installation on SQLite", StringComparison.Ordinal), refused);
    }

    private static async Task<Dictionary<string, int>> CountAsync(DemoCounty county)
    {
        using var desk = await SignInAsync(county.Server, county.Desk("city-bureau"));
        var counts = new Dictionary<string, int>();
        foreach (var list in Lists) counts[list] = (await desk.GetFromJsonAsync<JsonElement>("api/v1/" + list)).GetProperty("total").GetInt32();
        return counts;
    }

    /// <summary>Starts the welder's machine, stops it again, and waits until the lists show it; answers how far the start came.</summary>
    private static async Task<string?> WorkAsync(RunningServer server, (string UserName, string Password, string Pin, string Machine) welder)
    {
        using var phone = await SignInAsync(server, (welder.UserName, welder.Password));
        var watch = Stopwatch.StartNew();
        while (true)
        {
            using var proof = await phone.PostAsJsonAsync("api/v1/me/proof", new { pin = welder.Pin });
            var word = (await proof.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("proof").GetString();
            using var answer = await phone.PostAsJsonAsync($"api/v1/machines/{welder.Machine}/start", new { proof = word, waitSeconds = 10 });
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            // The chips come back one after another once the server is there again.
            if (!answer.IsSuccessStatusCode && watch.Elapsed < Longest && body.ToString().Contains("Chip", StringComparison.Ordinal))
            {
                await Task.Delay(500);
                continue;
            }

            Assert.True(answer.IsSuccessStatusCode, body.ToString());
            using var stopped = await phone.PostAsJsonAsync($"api/v1/machines/{welder.Machine}/stop", new { });
            await Waiting.UntilAsync(async () => (await phone.GetFromJsonAsync<JsonElement>($"api/v1/machines/{welder.Machine}/live")).GetProperty("state").GetString() == "idle", Longest, "the machine is idle");
            return body.GetProperty("state").GetString();
        }
    }

    private static async Task<HttpClient> SignInAsync(RunningServer server, (string UserName, string Password) who)
    {
        var client = new HttpClient { BaseAddress = server.Url };
        using var answer = await client.PostAsJsonAsync("api/v1/sign-in", new { userName = who.UserName, password = who.Password });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return client;
    }

    private static async Task RunAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Postgres);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
