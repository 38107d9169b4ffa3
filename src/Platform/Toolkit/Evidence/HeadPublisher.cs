using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Anlan.Kernel.Log;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Anlan.Toolkit.Evidence;

/// <summary>How one place to which heads are published does.</summary>
/// <param name="Place">File or address.</param>
/// <param name="Size">Entries of the last head that arrived; 0 = none since the start.</param>
/// <param name="At">When it arrived; null = never since the start.</param>
/// <param name="Fault">What the last attempt said; null when it arrived.</param>
public sealed record PublishedHead(string Place, long Size, DateTimeOffset? At, string? Fault);

/// <summary>Tells signed heads to those who keep them: a file, a webhook, other organs' Anlan. A head that did not arrive is covered by the next one.</summary>
public sealed partial class HeadPublisher : IDisposable
{
    private const int MostRead = 65_536;
    private readonly LogTree _tree;
    private readonly TreeKeys _keys;
    private readonly EvidenceOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<HeadPublisher> _logger;
    private readonly HttpClient _client;
    private readonly ConcurrentDictionary<string, PublishedHead> _places = new(StringComparer.Ordinal);

    /// <summary>Reads the settings.</summary>
    public HeadPublisher(LogTree tree, TreeKeys keys, IOptions<EvidenceOptions> options, TimeProvider clock, ILogger<HeadPublisher> logger)
    {
        (_tree, _keys, _options, _clock, _logger) = (tree, keys, options.Value, clock, logger);
        // No redirects: a head goes where the operator said, or nowhere.
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = _options.Timeout, MaxResponseContentBufferSize = MostRead };
        foreach (var place in (string[])[_options.HeadFile, _options.Webhook, .. _options.Witnesses])
        {
            if (place.Length > 0) _places[place] = new PublishedHead(place, 0, null, null);
        }
    }

    /// <summary>The places to which heads are published.</summary>
    public IReadOnlyList<PublishedHead> Places => [.. _places.Values.OrderBy(place => place.Place, StringComparer.Ordinal)];

    /// <summary>Publishes a head everywhere; a place that fails keeps none of the others waiting for ever.</summary>
    public async Task PublishAsync(SignedTreeHead head, CancellationToken stop)
    {
        if (_options.HeadFile.Length > 0) await TellAsync(_options.HeadFile, head, () => File.AppendAllTextAsync(_options.HeadFile, HeadLines.Write(head), stop), stop);
        if (_options.Webhook.Length > 0) await TellAsync(_options.Webhook, head, () => PostAsync(head, stop), stop);
        foreach (var witness in _options.Witnesses) await TellAsync(witness, head, () => SubmitAsync(witness, head, stop), stop);
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private async Task TellAsync(string place, SignedTreeHead head, Func<Task> tell, CancellationToken stop)
    {
        try
        {
            await tell();
            _places[place] = new PublishedHead(place, head.Head.Size, _clock.GetUtcNow(), null);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or HttpRequestException or InvalidDataException or JsonException || (failed is OperationCanceledException && !stop.IsCancellationRequested))
        {
            _places[place] = _places[place] with { Fault = failed.Message };
            LogNotPublished(place, failed.Message);
        }
    }

    private async Task PostAsync(SignedTreeHead head, CancellationToken stop)
    {
        using var answer = await _client.PostAsJsonAsync(_options.Webhook, new { head = head.Head.Text, signature = head.Signature, key = _keys.Find(head.Head.Key)?.PublicKey }, stop);
        answer.EnsureSuccessStatusCode();
    }

    // The witness says how far it has come; the proof begins there.
    private async Task SubmitAsync(string witness, SignedTreeHead head, CancellationToken stop)
    {
        var from = _places[witness].Size;
        for (var attempt = 0; ; attempt++)
        {
            var path = from is 0 || from > head.Head.Size ? [] : await _tree.ConsistencyAsync(from, head.Head.Size, stop);
            var body = JsonSerializer.SerializeToUtf8Bytes(new HeadSubmission(head.Head.Text, head.Signature, from, path), JsonSerializerOptions.Web);
            using var request = new HttpRequestMessage(HttpMethod.Post, witness.TrimEnd('/') + "/api/v1/evidence/peer-heads") { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.Add(HeadSubmission.SignatureHeader, Convert.ToBase64String(_keys.Find(head.Head.Key)!.Pair.SignData(body, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
            using var answer = await _client.SendAsync(request, stop);
            if (answer.IsSuccessStatusCode) return;
            var said = await answer.Content.ReadAsStringAsync(stop);
            if (attempt > 0 || KnownSize(said) is not { } known || known > head.Head.Size) throw new InvalidDataException($"The witness answered {(int)answer.StatusCode}: {said[..Math.Min(said.Length, 300)]}");
            from = known;
        }
    }

    private static long? KnownSize(string problem)
    {
        try
        {
            using var read = JsonDocument.Parse(problem);
            var first = read.RootElement.GetProperty("refusals")[0];
            return first.GetProperty("code").GetString() == PeerHeads.StartsElsewhere ? long.Parse(first.GetProperty("measured").GetProperty("value").GetString()!, System.Globalization.CultureInfo.InvariantCulture) : null;
        }
        catch (Exception strange) when (strange is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException or ArgumentNullException or OverflowException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A head of the log did not reach {Place}: {Said}")]
    private partial void LogNotPublished(string place, string said);
}
