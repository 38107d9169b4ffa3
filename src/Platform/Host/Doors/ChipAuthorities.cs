using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Anlan.Host.Doors;

/// <summary>Who may vouch for a chip's own certificate: the authorities of one file, and nobody whom the machine trusts otherwise.</summary>
internal sealed class ChipAuthorities
{
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";
    private readonly X509Certificate2Collection _authorities = [];
    private readonly TimeProvider _clock;

    /// <exception cref="InvalidDataException">The file is missing or holds no certificate.</exception>
    public ChipAuthorities(string file, TimeProvider clock)
    {
        _clock = clock;
        try
        {
            _authorities.ImportFromPemFile(file);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"Anlan:Doors:ChipAuthorities: {file} cannot be read: {unreadable.Message}", unreadable);
        }

        if (_authorities.Count == 0) throw new InvalidDataException($"Anlan:Doors:ChipAuthorities: {file} holds no certificate (PEM).");
    }

    /// <summary>True when one of the authorities issued it, it is in its time and made for clients. Whose it is, the broker compares with the serial.</summary>
    /// <param name="certificate">What the chip showed.</param>
    /// <param name="sent">What it sent along; authorities in between may be there.</param>
    public bool Vouch(X509Certificate2 certificate, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        if (sent is not null) chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        // A chip is turned away by withdrawing its credential; nobody asks the network for a list at a handshake.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientUse));
        chain.ChainPolicy.VerificationTime = _clock.GetUtcNow().UtcDateTime;
        return chain.Build(certificate);
    }
}
