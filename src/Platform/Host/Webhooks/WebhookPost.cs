using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Anlan.Toolkit.City;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Webhooks;
using Microsoft.Extensions.Options;

namespace Anlan.Host.Webhooks;

/// <summary>
/// Posts one event: a CloudEvent 1.0 in structured mode, signed as Standard Webhooks 1.0 say (docs/protocols/webhooks.md). Redirects are not followed: a receiver
/// is where the operator said, or nowhere.
/// </summary>
internal sealed class WebhookPost : IDisposable
{
    private const string SecretPrefix = "whsec_";
    private const int SecretBytes = 32;
    private static readonly JsonSerializerOptions Written = new(JsonSerializerOptions.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Said when nobody answers in time.</summary>
    public const string NoAnswer = nameof(NoAnswer);

    private readonly HttpClient _client;
    private readonly TimeProvider _clock;
    private readonly string _source;

    public WebhookPost(IOptions<WebhooksOptions> options, CityPack city, TimeProvider clock)
    {
        _clock = clock;
        _source = $"urn:anlan:{city.Division}";
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        if (!options.Value.AllowOwnNetwork) handler.ConnectCallback = OwnNetwork.ConnectAsync;
        _client = new HttpClient(handler) { Timeout = options.Value.Timeout };
    }

    /// <param name="IsTaken">True for an answer 2xx.</param>
    /// <param name="IsAnswered">False when nobody answered, or the receiver asked to come later.</param>
    /// <param name="Said">The status (<c>HTTP 500</c>), or a code why there was none (<see cref="WebhookWords"/> has its words); never the receiver's own words, which could be anything.</param>
    public sealed record Answer(bool IsTaken, bool IsAnswered, string Said);

    /// <summary>A new secret, as Standard Webhooks write it.</summary>
    public static string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The event as it is sent: the same bytes at each attempt.</summary>
    /// <param name="id">Unique within this installation; the receiver knows a repetition by it.</param>
    /// <param name="happened">The event.</param>
    public string Write(string id, WebhookEvent happened) => JsonSerializer.Serialize(new
    {
        Specversion = "1.0",
        Id = id,
        Source = _source,
        happened.Type,
        happened.Subject,
        Time = happened.At.UtcDateTime,
        Datacontenttype = "application/json",
        happened.Data,
    }, Written);

    /// <summary>Posts; never throws for what the receiver does.</summary>
    public async Task<Answer> SendAsync(string address, string secret, string id, string body, CancellationToken stop)
    {
        var moment = _clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/cloudevents+json; charset=utf-8");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", moment);
        request.Headers.Add("webhook-signature", Sign(secret, id, moment, body));
        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            var status = (int)answer.StatusCode;
            return new Answer(status is >= 200 and <= 299, status is not (408 or 429 or >= 500), $"HTTP {status}");
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException || (failed is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return new Answer(IsTaken: false, IsAnswered: false, Why(failed));
        }
    }

    public void Dispose() => _client.Dispose();

    private static string Sign(string secret, string id, string moment, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[SecretPrefix.Length..]), Encoding.UTF8.GetBytes($"{id}.{moment}.{body}")));

    // A code of words, not a sentence of the system's: whoever reads it may read another language.
    private static string Why(Exception failed) => failed switch
    {
        OperationCanceledException => NoAnswer,
        { InnerException: OwnNetworkException } or OwnNetworkException => nameof(OwnNetwork),
        HttpRequestException request => request.HttpRequestError.ToString(),
        _ => nameof(HttpRequestError.ConnectionError),
    };
}
