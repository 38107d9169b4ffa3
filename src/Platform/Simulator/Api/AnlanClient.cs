using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Anlan.Simulator.Api;

/// <summary>One signed-in person at the HTTP API.</summary>
internal sealed class AnlanClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly string? _userName;
    private readonly string? _password;

    public AnlanClient(string server, string? userName = null, string? password = null)
    {
        (_userName, _password) = (userName, password);
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            BaseAddress = new Uri(server.TrimEnd('/') + "/api/v1/"),
            Timeout = TimeSpan.FromSeconds(20),
        };
    }

    public bool IsSignedIn { get; private set; }

    public Task<JsonNode?> GetAsync(string path, CancellationToken stop) => SendAsync(HttpMethod.Get, path, () => null, stop);

    public Task<JsonNode?> PostAsync(string path, JsonObject? body, CancellationToken stop) => SendAsync(HttpMethod.Post, path, () => JsonContent.Create<JsonObject>(body ?? []), stop);

    public Task<JsonNode?> PutAsync(string path, JsonObject body, CancellationToken stop) => SendAsync(HttpMethod.Put, path, () => JsonContent.Create<JsonObject>(body), stop);

    /// <summary>Sends comma-separated text.</summary>
    public Task<JsonNode?> PostFileAsync(string path, byte[] file, CancellationToken stop) => SendAsync(HttpMethod.Post, path, () => new ByteArrayContent(file) { Headers = { ContentType = new("text/csv") } }, stop);

    /// <summary>Sends, signing in first where needed and again when the server forgot.</summary>
    /// <exception cref="ApiRefusedException">The server said no.</exception>
    /// <exception cref="HttpRequestException">No server, or it failed.</exception>
    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, Func<HttpContent?> body, CancellationToken stop)
    {
        if (_userName is not null && !IsSignedIn) await SignInAsync(stop);
        try
        {
            return await OnceAsync(method, path, body, stop);
        }
        catch (ApiRefusedException forgotten) when (forgotten.Status == HttpStatusCode.Unauthorized && _userName is not null)
        {
            await SignInAsync(stop);
            return await OnceAsync(method, path, body, stop);
        }
    }

    private async Task SignInAsync(CancellationToken stop)
    {
        await OnceAsync(HttpMethod.Post, "sign-in", () => JsonContent.Create(new JsonObject { ["userName"] = _userName, ["password"] = _password }), stop);
        IsSignedIn = true;
    }

    private async Task<JsonNode?> OnceAsync(HttpMethod method, string path, Func<HttpContent?> body, CancellationToken stop)
    {
        using var response = await UnhurriedAsync(method, path, body, stop);
        var text = await response.Content.ReadAsStringAsync(stop);
        if ((int)response.StatusCode >= 500) throw new HttpRequestException($"{method} {path}: {(int)response.StatusCode}", null, response.StatusCode);
        var answer = Parse(text);
        if (response.IsSuccessStatusCode) return answer;
        var codes = (answer as JsonObject)?["refusals"] is JsonArray refusals ? refusals.Select(refusal => (string?)refusal?["code"] ?? "?") : [];
        throw new ApiRefusedException(response.StatusCode, [.. codes], $"{method} {path}: {(int)response.StatusCode} {text}");
    }

    /// <summary>Sends, and again after the pause that the server asks for when we were too fast for it.</summary>
    private async Task<HttpResponseMessage> UnhurriedAsync(HttpMethod method, string path, Func<HttpContent?> body, CancellationToken stop)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body() };
            var response = await _http.SendAsync(request, stop);
            if (response.StatusCode != HttpStatusCode.TooManyRequests) return response;
            var pause = response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);
            response.Dispose();
            await Task.Delay(pause, stop);
        }
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>The server refused a request; the codes say why.</summary>
internal sealed class ApiRefusedException(HttpStatusCode status, IReadOnlyList<string> codes, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;

    public IReadOnlyList<string> Codes { get; } = codes;
}
