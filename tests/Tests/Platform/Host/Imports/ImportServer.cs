using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Anlan.Simulator.County;
using Anlan.Tests.Platform.Toolkit.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Platform.Host.Imports;

/// <summary>A whole server with a city bureau's officer who imports.</summary>
internal sealed class ImportServer : IAsyncDisposable
{
    private readonly ScopedServer _server;
    private readonly Random _dice = new(7);

    private ImportServer(ScopedServer server, HttpClient chief, HttpClient officer) => (_server, Chief, Officer) = (server, chief, officer);

    public HttpClient Chief { get; }

    public HttpClient Officer { get; }

    public ScopedServer Server => _server;

    public static async Task<ImportServer> StartAsync()
    {
        var server = await ScopedServer.StartAsync();
        var chief = await server.SetUpAsync();
        return new ImportServer(server, chief, await server.SignInAsync("officer"));
    }

    public T Get<T>() where T : notnull => _server.Services.GetRequiredService<T>();

    public string NewCode() => InventedNumbers.CreditCode(_dice, InventedNumbers.NoPlace);

    public string NewIdentity() => InventedNumbers.Identity(_dice);

    /// <summary>Uploads and waits for the dry run.</summary>
    public async Task<JsonElement> CheckAsync(string kind, string csv, HttpClient? by = null)
    {
        using var answer = await UploadAsync(kind, csv, by);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await UntilRestAsync((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid(), by);
    }

    public Task<HttpResponseMessage> UploadAsync(string kind, string csv, HttpClient? by = null) => (by ?? Officer).PostAsync($"/api/v1/imports/forms/{kind}?name={kind}.csv", new StringContent(csv, Encoding.UTF8, "text/csv"));

    /// <summary>Uploads, checks and writes all rows; answers the import as it stands then.</summary>
    public async Task<JsonElement> ImportAsync(string kind, string csv, bool goodRowsOnly = false, HttpClient? by = null)
    {
        var shown = await CheckAsync(kind, csv, by);
        Assert.Equal("checked", StateOf(shown));
        return await ApplyAsync(IdOf(shown), goodRowsOnly, by);
    }

    public async Task<JsonElement> ApplyAsync(Guid import, bool goodRowsOnly = false, HttpClient? by = null)
    {
        using var answer = await (by ?? Officer).PostAsJsonAsync($"/api/v1/imports/{import}/apply", new { goodRowsOnly });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await UntilRestAsync(import, by);
    }

    public async Task<JsonElement> UndoAsync(Guid import, HttpClient? by = null)
    {
        using var answer = await (by ?? Officer).PostAsync($"/api/v1/imports/{import}/undo", null);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await UntilRestAsync(import, by);
    }

    public async Task<IReadOnlyList<(int Row, string? Value, string Code)>> FaultsAsync(Guid import) =>
        [.. (await Officer.GetFromJsonAsync<JsonElement>($"/api/v1/imports/{import}/faults")).GetProperty("items").EnumerateArray().Select(fault => (fault.GetProperty("number").GetInt32(), fault.GetProperty("value").GetString(), fault.GetProperty("code").GetString()!))];

    public static Guid IdOf(JsonElement shown) => shown.GetProperty("import").GetProperty("id").GetGuid();

    public static string StateOf(JsonElement shown) => shown.GetProperty("import").GetProperty("state").GetString()!;

    /// <summary>Rows that enter, change, leave as it is, and are refused.</summary>
    public static (int Created, int Updated, int Same, int Refused) CountsOf(JsonElement shown)
    {
        var import = shown.GetProperty("import");
        return (import.GetProperty("created").GetInt32(), import.GetProperty("updated").GetInt32(), import.GetProperty("same").GetInt32(), import.GetProperty("refused").GetInt32());
    }

    public async Task<JsonElement> UntilRestAsync(Guid import, HttpClient? by = null)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (true)
        {
            var shown = await (by ?? Officer).GetFromJsonAsync<JsonElement>($"/api/v1/imports/{import}", deadline.Token);
            if (!shown.GetProperty("isRunning").GetBoolean()) return shown;
            await Task.Delay(20, deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Officer.Dispose();
        Chief.Dispose();
        await _server.DisposeAsync();
    }
}
