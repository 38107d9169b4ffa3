using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Anlan.Cameras.Sight.Wire;

namespace Anlan.Cameras.Worker.Desk;

/// <summary>The server does not know the key, or it may not do this.</summary>
internal sealed class KeyRefusedException(string message) : Exception(message);

/// <summary>The one line to the server: always begun from here.</summary>
internal sealed class ServerLine : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ClipPatience = TimeSpan.FromMinutes(10);
    private readonly HttpClient _http;

    /// <param name="server">Address of the server.</param>
    /// <param name="key">Key of the worker.</param>
    /// <param name="authorities">PEM file of those who may vouch for the server; null = whom this machine trusts.</param>
    public ServerLine(Uri server, string key, string? authorities)
    {
        // No redirections: they would take the key elsewhere.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(5), AutomaticDecompression = DecompressionMethods.All };
        if (authorities is not null) handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trusting(authorities) };
        _http = new HttpClient(handler) { BaseAddress = new Uri(server.AbsoluteUri.TrimEnd('/') + "/"), Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Anlan.Cameras.Worker", typeof(ServerLine).Assembly.GetName().Version?.ToString(3)));
    }

    /// <summary>Which cameras are mine?</summary>
    public Task<LeaseAnswer> LeaseAsync(LeaseRequest request, CancellationToken stop) => AskAsync(WorkRoutes.Lease, request, WireJson.Default.LeaseRequest, WireJson.Default.LeaseAnswer, stop);

    /// <summary>Delivers events.</summary>
    public Task<DeliveryAnswer> DeliverAsync(EventDelivery delivery, CancellationToken stop) => AskAsync(WorkRoutes.Events, delivery, WireJson.Default.EventDelivery, WireJson.Default.DeliveryAnswer, stop);

    /// <summary>Sends a clip; answers the status.</summary>
    public async Task<HttpStatusCode> SendClipAsync(SpoolName clip, Stream content, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, WorkRoutes.Clip(clip.Happened, clip.IsBlurred)) { Content = new StreamContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("video/mp4");
        request.Headers.Add(WorkRoutes.TakenHeader, clip.Began!.Value.ToString("O", CultureInfo.InvariantCulture));
        return await StatusAsync(request, ClipPatience, stop);
    }

    /// <summary>Shows a live picture; answers the status.</summary>
    public async Task<HttpStatusCode> ShowAsync(Guid camera, byte[] picture, DateTimeOffset taken, IReadOnlyList<SeenPerson> people, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, WorkRoutes.Live(camera)) { Content = new ByteArrayContent(picture) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        request.Headers.Add(WorkRoutes.TakenHeader, taken.ToString("O", CultureInfo.InvariantCulture));
        request.Headers.Add(WorkRoutes.PeopleHeader, JsonSerializer.Serialize(people, WireJson.Default.IReadOnlyListSeenPerson));
        return await StatusAsync(request, Patience, stop);
    }

    public void Dispose() => _http.Dispose();

    private async Task<TAnswer> AskAsync<TQuestion, TAnswer>(string route, TQuestion question, JsonTypeInfo<TQuestion> written, JsonTypeInfo<TAnswer> read, CancellationToken stop)
    {
        using var late = Late(Patience, stop);
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(question, written));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await _http.PostAsync(new Uri(route, UriKind.Relative), content, late.Token);
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) throw new KeyRefusedException($"The server refuses the key ({(int)answer.StatusCode}).");
        if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"The server answered {(int)answer.StatusCode}.", inner: null, answer.StatusCode);
        await using var body = await answer.Content.ReadAsStreamAsync(late.Token);
        return await JsonSerializer.DeserializeAsync(body, read, late.Token) ?? throw new JsonException("The server answered nothing.");
    }

    private async Task<HttpStatusCode> StatusAsync(HttpRequestMessage request, TimeSpan patience, CancellationToken stop)
    {
        using var late = Late(patience, stop);
        using var answer = await _http.SendAsync(request, late.Token);
        return answer.StatusCode;
    }

    private static CancellationTokenSource Late(TimeSpan patience, CancellationToken stop)
    {
        var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(patience);
        return late;
    }

    private static X509ChainPolicy Trusting(string authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(authorities);
        if (policy.CustomTrustStore.Count == 0) throw new InvalidDataException($"{authorities} holds no certificate.");
        return policy;
    }
}
