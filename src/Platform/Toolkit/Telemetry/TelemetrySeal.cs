using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Anlan.Kernel.Log;
using Anlan.Toolkit.Log;

namespace Anlan.Toolkit.Telemetry;

/// <summary>
/// Body of <c>platform.telemetry</c>: what a stretch of measurements was when it was rolled up. After a crash a stretch may be sealed twice with another end; both hold.
/// </summary>
/// <param name="First">First position.</param>
/// <param name="Last">Last position.</param>
/// <param name="Hash">SHA-256 over the leaf hashes of its entries, lower-case hex.</param>
public sealed record TelemetrySeal(long First, long Last, string Hash)
{
    /// <summary>The kind of its log entries.</summary>
    public static LogKind<TelemetrySeal> Kind { get; } = new("platform.telemetry", TelemetrySealJson.Default.TelemetrySeal);

    /// <summary>The hash over entries, as they were written and in their order.</summary>
    public static string HashOf(IEnumerable<byte[]> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var entry in entries) hash.AppendData(LogEntry.LeafHash(entry));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TelemetrySeal))]
internal sealed partial class TelemetrySealJson : JsonSerializerContext;
