using Microsoft.Extensions.Options;

namespace Anlan.Host.Doors;

/// <summary>How the doors for people are secured, section <c>Anlan:Doors</c>.</summary>
internal sealed class DoorSettings
{
    /// <summary>Port of HTTPS; 0 = plain HTTP only, for a machine of one's own or behind a proxy.</summary>
    public int HttpsPort { get; init; }

    /// <summary>Certificate file: PEM with the chain, or PFX. Read again when it changes, so that a renewal needs no restart.</summary>
    public string? Certificate { get; init; }

    /// <summary>Key file of a PEM certificate; empty when the key lies in the same file.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>Password of a PFX file or an encrypted key.</summary>
    public string? CertificatePassword { get; init; }

    /// <summary>File of the authorities (PEM) that issue chips' own certificates; empty = chips show none. The certificate's common name is the serial, and the secret is asked for as well.</summary>
    public string? ChipAuthorities { get; init; }

    /// <summary>Turns chips away that show no certificate of their own. Ignored without <see cref="ChipAuthorities"/>.</summary>
    public bool DemandsChipCertificate { get; init; }

    /// <summary>Addresses of proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed.</summary>
    public string[] TrustedProxies { get; init; } = [];

    /// <summary>Requests in a burst from one account.</summary>
    public int AccountBurst { get; init; } = 1_000;

    /// <summary>Requests a second that one account may go on with.</summary>
    public int AccountPerSecond { get; init; } = 100;

    /// <summary>Requests in a burst from one address whose reader is not signed in.</summary>
    public int AddressBurst { get; init; } = 300;

    /// <summary>Requests a second that one address may go on with.</summary>
    public int AddressPerSecond { get; init; } = 30;

    /// <summary>Largest body of a request in bytes; imports declare their own limit.</summary>
    public long LargestBody { get; init; } = 1_048_576;

    /// <summary>Keeps the doors closed where a limit would let nobody in.</summary>
    /// <exception cref="OptionsValidationException">A limit is below 1; each is named.</exception>
    public void Check()
    {
        (string Name, long Limit)[] limits = [(nameof(AccountBurst), AccountBurst), (nameof(AccountPerSecond), AccountPerSecond), (nameof(AddressBurst), AddressBurst), (nameof(AddressPerSecond), AddressPerSecond), (nameof(LargestBody), LargestBody)];
        List<string> faults = [.. limits.Where(limit => limit.Limit < 1).Select(limit => $"Anlan:Doors:{limit.Name} must be at least 1, it is {limit.Limit}.")];
        if (faults.Count > 0) throw new OptionsValidationException("Anlan:Doors", typeof(DoorSettings), faults);
    }
}
