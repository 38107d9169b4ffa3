using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Anlan.Tests.Platform.Toolkit.Files;

/// <summary>
/// A server on loopback that speaks the few words of S3 that files need, path-style, and checks every signature (AWS Signature Version 4) and the hash of every
/// body by itself. Its pages are short, so that a listing has several.
/// </summary>
internal sealed class PretendS3 : IAsyncDisposable
{
    public const string Bucket = "anlan-files";
    public const string AccessKey = "anlan";
    public const string SecretKey = "very-secret-key";
    public const string Region = "cn-test-1";
    private const int PageSize = 2;

    private readonly WebApplication _app;

    private PretendS3(WebApplication app) => _app = app;

    public SortedDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>Method and path of every request that was signed rightly.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public DateTimeOffset Now { get; set; } = new(2026, 1, 5, 1, 0, 0, TimeSpan.Zero);

    public bool IsFailing { get; set; }

    public string Address => _app.Urls.Single();

    public static async Task<PretendS3> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new PretendS3(builder.Build());
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var memory = new MemoryStream();
        await http.Request.Body.CopyToAsync(memory);
        var body = memory.ToArray();
        if (IsFailing) await FailAsync(http, StatusCodes.Status503ServiceUnavailable, "SlowDown");
        else if (!IsSigned(http.Request, body)) await FailAsync(http, StatusCodes.Status403Forbidden, "SignatureDoesNotMatch");
        else if (!http.Request.Path.Value!.StartsWith($"/{Bucket}", StringComparison.Ordinal)) await FailAsync(http, StatusCodes.Status404NotFound, "NoSuchBucket");
        else
        {
            Requests.Enqueue($"{http.Request.Method} {http.Request.Path}");
            var key = http.Request.Path.Value![(Bucket.Length + 1)..].TrimStart('/');
            await (key.Length == 0 ? ListAsync(http) : ObjectAsync(http, key, body));
        }
    }

    private Task ObjectAsync(HttpContext http, string key, byte[] body)
    {
        lock (Objects)
        {
            switch (http.Request.Method)
            {
                case "PUT" when http.Request.Headers.IfNoneMatch == "*" && Objects.ContainsKey(key):
                    return FailAsync(http, StatusCodes.Status412PreconditionFailed, "PreconditionFailed");
                case "PUT":
                    Objects[key] = body;
                    http.Response.Headers.ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..32]}\"";
                    return Task.CompletedTask;
                case "DELETE":
                    Objects.Remove(key);
                    http.Response.StatusCode = StatusCodes.Status204NoContent;
                    return Task.CompletedTask;
                default:
                    if (!Objects.TryGetValue(key, out var found)) return FailAsync(http, StatusCodes.Status404NotFound, "NoSuchKey");
                    http.Response.ContentLength = found.Length;
                    http.Response.Headers.LastModified = Now.ToString("R", CultureInfo.InvariantCulture);
                    return http.Request.Method == "HEAD" ? Task.CompletedTask : http.Response.Body.WriteAsync(found).AsTask();
            }
        }
    }

    private Task ListAsync(HttpContext http)
    {
        var after = http.Request.Query["continuation-token"].ToString();
        List<string> keys;
        lock (Objects) keys = [.. Objects.Keys.Where(key => string.CompareOrdinal(key, after) > 0)];
        var page = keys.Take(PageSize).ToList();
        var contents = string.Concat(page.Select(key => $"<Contents><Key>{key}</Key><LastModified>{Now.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}</LastModified><Size>{Objects[key].Length}</Size></Contents>"));
        var isCut = keys.Count > PageSize;
        http.Response.ContentType = "application/xml";
        return http.Response.WriteAsync($"""
            <?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>{Bucket}</Name><KeyCount>{page.Count}</KeyCount><MaxKeys>{PageSize}</MaxKeys><IsTruncated>{(isCut ? "true" : "false")}</IsTruncated>{(isCut ? $"<NextContinuationToken>{page[^1]}</NextContinuationToken>" : "")}{contents}</ListBucketResult>
            """);
    }

    private static Task FailAsync(HttpContext http, int status, string code)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/xml";
        return http.Request.Method == "HEAD" ? Task.CompletedTask : http.Response.WriteAsync($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>{code}</Message></Error>");
    }

    // As Amazon describes it: the request in canonical form, hashed, signed with a key derived from secret, day, region and service.
    private static bool IsSigned(HttpRequest request, byte[] body)
    {
        var parts = request.Headers.Authorization.ToString().Replace("AWS4-HMAC-SHA256 ", "", StringComparison.Ordinal).Split(", ").Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToDictionary(part => part[0], part => part[1]);
        if (!parts.TryGetValue("Credential", out var credential) || credential.Split('/') is not [AccessKey, var day, Region, "s3", "aws4_request"]) return false;
        var payload = request.Headers["x-amz-content-sha256"].ToString();
        if (payload != Convert.ToHexStringLower(SHA256.HashData(body))) return false;
        var headers = parts["SignedHeaders"].Split(';');
        if (!headers.Contains("host")) return false;
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?', 2);
        var query = target.Length == 1 ? "" : string.Join('&', target[1].Split('&').Select(pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + "=").Order(StringComparer.Ordinal));
        var canonical = $"{request.Method}\n{target[0]}\n{query}\n{string.Concat(headers.Select(name => $"{name}:{(name == "host" ? request.Host.Value : request.Headers[name].ToString().Trim())}\n"))}\n{parts["SignedHeaders"]}\n{payload}";
        var signed = $"AWS4-HMAC-SHA256\n{request.Headers["x-amz-date"]}\n{day}/{Region}/s3/aws4_request\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = new[] { day, Region, "s3", "aws4_request" }.Aggregate(Encoding.UTF8.GetBytes("AWS4" + SecretKey), (last, word) => HMACSHA256.HashData(last, Encoding.UTF8.GetBytes(word)));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed))) == parts["Signature"];
    }
}
