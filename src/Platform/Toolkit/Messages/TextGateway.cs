using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Anlan.Toolkit.Http;
using Microsoft.Extensions.Options;

namespace Anlan.Toolkit.Messages;

/// <summary>Text messages through an HTTP gateway, as its request is described in the settings.</summary>
internal sealed class TextGateway : IMessageGateway, IDisposable
{
    /// <summary>Longest time for matching an answer.</summary>
    public static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    private const int MostRead = 65_536;
    private readonly TextOptions? _options;
    private readonly Regex? _accepted;
    private readonly HttpClient _client;

    public TextGateway(IOptions<MessagesOptions> options)
    {
        _options = options.Value.Text;
        _accepted = _options is { Accepted.Length: > 0 } ? new Regex(_options.Accepted, RegexOptions.CultureInvariant | RegexOptions.Singleline, MatchTimeout) : null;
        // No redirects, which could lead inside, and no proxy, behind which addresses cannot be judged.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        if (_options is { AllowOwnNetwork: false }) handler.ConnectCallback = OwnNetwork.ConnectAsync;
        _client = new HttpClient(handler) { Timeout = _options?.Timeout ?? TimeSpan.FromSeconds(20), MaxResponseContentBufferSize = MostRead };
    }

    public MessageChannel Channel => MessageChannel.Text;

    public string? Place => _options is null ? null : new Uri(TextTemplate.Fill(_options.Address, _ => "0")) is var address ? address.GetLeftPart(UriPartial.Authority) : null;

    public void Dispose() => _client.Dispose();

    public async Task<MessageGatewayAnswer> SendAsync(PlainMessage message, CancellationToken stop)
    {
        var options = _options ?? throw new InvalidOperationException("No gateway for text messages is configured.");
        MessageGatewayAnswer Answer(AttemptResult result, string said) => MessageGatewayAnswer.Of(result, said, message, Secrets(options));
        try
        {
            using var request = Request(options, message);
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            var body = await ReadAsync(answer.Content, stop);
            return Answer(Judge(answer.StatusCode, body), $"{(int)answer.StatusCode} {body}");
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            return Answer(AttemptResult.Unreachable, failed is OperationCanceledException ? $"no answer within {options.Timeout.TotalSeconds:0} s" : (failed.InnerException ?? failed).Message);
        }
    }

    private AttemptResult Judge(HttpStatusCode status, string body)
    {
        // Credentials that are wrong today concern every message: they are mended in the settings, not by giving messages up.
        if ((int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) return AttemptResult.Unreachable;
        if ((int)status is < 200 or > 299) return AttemptResult.Refused;
        try
        {
            return _accepted is null || _accepted.IsMatch(body) ? AttemptResult.Accepted : AttemptResult.Refused;
        }
        catch (RegexMatchTimeoutException)
        {
            return AttemptResult.Refused;
        }
    }

    private static HttpRequestMessage Request(TextOptions options, PlainMessage message)
    {
        var request = new HttpRequestMessage(new HttpMethod(options.Method.ToUpperInvariant()), TextTemplate.Fill(options.Address, message, Uri.EscapeDataString));
        if (options.Body.Length > 0)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(TextTemplate.Fill(options.Body, message, TextTemplate.EncoderOf(options.ContentType))));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(options.ContentType);
        }

        foreach (var (name, value) in options.Headers) request.Headers.TryAddWithoutValidation(name, TextTemplate.Fill(value, message, Uri.EscapeDataString));
        return request;
    }

    // What a gateway says beyond this is not worth reading, and an endless answer must not fill the memory.
    private static async Task<string> ReadAsync(HttpContent content, CancellationToken stop)
    {
        await using var body = await content.ReadAsStreamAsync(stop);
        var bytes = new byte[MostRead];
        var length = await body.ReadAtLeastAsync(bytes, MostRead, throwOnEndOfStream: false, stop);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    // A header's value may repeat a scheme in front of the secret proper.
    private static IEnumerable<string> Secrets(TextOptions options) =>
        options.Headers.Values.SelectMany(value => value.Split(' ').Prepend(value)).Concat(options.Address.Split('?').Skip(1).SelectMany(query => query.Split('&')).Select(pair => pair.Split('=')[^1]))
            .Where(value => value.Length > 0 && !value.Contains('{', StringComparison.Ordinal));
}
