using System.Buffers;
using Microsoft.Extensions.Options;

namespace Anlan.Toolkit.Files;

/// <summary>Keeps the doors closed when the place of files is described wrongly; says the setting, never the secret.</summary>
internal sealed class FilesOptionsCheck : IValidateOptions<FilesOptions>
{
    private static readonly SearchValues<char> OfBuckets = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-");
    private static readonly SearchValues<char> OfRegions = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");
    private const string S3 = FileServices.Section + ":S3:";

    public ValidateOptionsResult Validate(string? name, FilesOptions options)
    {
        var wrong = Faults(options).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    /// <summary>What is wrong, setting by setting.</summary>
    public static IEnumerable<string> Faults(FilesOptions options)
    {
        if (!Enum.IsDefined(options.Place)) yield return $"{FileServices.Section}:Place must be Local or S3.";
        if (options.Place != FilePlace.S3) yield break;
        var s3 = options.S3;
        if (!Uri.TryCreate(s3.Endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0 || address.Query.Length > 0) yield return S3 + "Endpoint must be an http or https address.";
        else if (address is { Scheme: "http", IsLoopback: false }) yield return S3 + "Endpoint must be https unless it is on this machine.";
        if (s3.Bucket.Length is < 3 or > 63 || s3.Bucket.AsSpan().ContainsAnyExcept(OfBuckets)) yield return S3 + "Bucket must have 3 to 63 lower-case letters, digits, dots or hyphens.";
        if (s3.Region.Length is 0 or > 40 || s3.Region.AsSpan().ContainsAnyExcept(OfRegions)) yield return S3 + "Region must be letters, digits and hyphens.";
        if (string.IsNullOrWhiteSpace(s3.AccessKey)) yield return S3 + "AccessKey is missing.";
        if (string.IsNullOrWhiteSpace(s3.SecretKey)) yield return S3 + "SecretKey is missing.";
        if (s3.Timeout < TimeSpan.FromSeconds(1) || s3.Timeout > TimeSpan.FromMinutes(10)) yield return S3 + "Timeout must be 1 s to 10 min.";
    }
}
