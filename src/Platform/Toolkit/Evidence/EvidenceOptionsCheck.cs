using Microsoft.Extensions.Options;

namespace Anlan.Toolkit.Evidence;

/// <summary>Keeps the doors closed when publishing is described wrongly; says the setting.</summary>
internal sealed class EvidenceOptionsCheck : IValidateOptions<EvidenceOptions>
{
    private const int LongestName = 40;

    public ValidateOptionsResult Validate(string? name, EvidenceOptions options)
    {
        List<string> wrong = [];
        if (options.HeadInterval < TimeSpan.FromSeconds(1) || options.HeadInterval > TimeSpan.FromDays(1)) wrong.Add("Anlan:Evidence:HeadInterval must be 1 s to 1 day.");
        if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > TimeSpan.FromMinutes(5)) wrong.Add("Anlan:Evidence:Timeout must be 1 s to 5 min.");
        if (options.HeadFile.Length > 0 && Path.GetDirectoryName(Path.GetFullPath(options.HeadFile)) is { } folder && !Directory.Exists(folder)) wrong.Add($"Anlan:Evidence:HeadFile: the folder {folder} does not exist.");
        if (options.Webhook.Length > 0 && !IsAddress(options.Webhook)) wrong.Add("Anlan:Evidence:Webhook must be an http or https address.");
        for (var i = 0; i < options.Witnesses.Count; i++)
        {
            if (!IsAddress(options.Witnesses[i])) wrong.Add($"Anlan:Evidence:Witnesses:{i} must be an http or https address.");
        }

        for (var i = 0; i < options.Peers.Count; i++)
        {
            var peer = options.Peers[i];
            if (peer.Name.Trim().Length is 0 or > LongestName) wrong.Add($"Anlan:Evidence:Peers:{i}:Name must have 1 to {LongestName} characters.");
            if (PeerKeys.Read(peer.PublicKey) is null) wrong.Add($"Anlan:Evidence:Peers:{i}:PublicKey: {peer.PublicKey} is no PEM file of an EC public key that can be read.");
        }

        if (options.Peers.Select(peer => peer.Name).Distinct(StringComparer.Ordinal).Count() < options.Peers.Count) wrong.Add("Anlan:Evidence:Peers: two have the same name.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https");
}
