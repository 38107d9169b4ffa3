using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Anlan.Tests.Platform.Simulator.Api;

/// <summary>An HTTP API that notes every request and answers as the test says; by default with a new id and a code.</summary>
internal sealed class PretendApi : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PretendApi(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    /// <summary>Method and path below /api/v1, body, and who asked.</summary>
    public ConcurrentQueue<(string What, JsonNode? Body, string? User)> Requests { get; } = [];

    /// <summary>Answers that differ from the default, by method and path.</summary>
    public ConcurrentDictionary<string, Func<JsonNode?, string?, (int Status, JsonNode? Body)>> Answers { get; } = new(StringComparer.Ordinal);

    public IEnumerable<JsonNode?> Bodies(string what) => Requests.Where(request => request.What == what).Select(request => request.Body);

    public static async Task<PretendApi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var api = new PretendApi(app);
        app.Run(api.AnswerAsync);
        await app.StartAsync();
        api.Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return api;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>A refusal as Anlan words it.</summary>
    public static (int Status, JsonNode? Body) Refusal(int status, string code) => (status, new JsonObject { ["refusals"] = new JsonArray(new JsonObject { ["code"] = code }) });

    private async Task AnswerAsync(HttpContext http)
    {
        var what = $"{http.Request.Method} {http.Request.Path.Value!["/api/v1/".Length..]}";
        var text = await new StreamReader(http.Request.Body).ReadToEndAsync();
        var body = text.Length == 0 ? null : text[0] is '{' or '[' ? JsonNode.Parse(text) : JsonValue.Create(text);
        var user = http.Request.Cookies["anlan"];
        Requests.Enqueue((what, body, user));
        if (what == "POST sign-in") http.Response.Cookies.Append("anlan", (string)body!["userName"]!);
        var (status, answer) = Answers.TryGetValue(what, out var special) ? special(body, user) : (200, Default());
        http.Response.StatusCode = status;
        if (answer is not null) await http.Response.WriteAsJsonAsync(answer);
    }

    private static JsonObject Default() => new() { ["id"] = Guid.CreateVersion7().ToString(), ["code"] = "ABCD-1234", ["proof"] = "sealed", ["state"] = "powered" };
}
