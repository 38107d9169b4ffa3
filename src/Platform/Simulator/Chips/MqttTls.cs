using System.Security.Cryptography.X509Certificates;
using MQTTnet;

namespace Anlan.Simulator.Chips;

/// <summary>How a chip knows its server, and perhaps shows who it is itself.</summary>
/// <param name="Authorities">Who may vouch for the server; empty = whom this machine trusts.</param>
/// <param name="Own">The chip's own certificate with its key; null = none.</param>
internal sealed record MqttTls(X509Certificate2Collection Authorities, X509Certificate2? Own = null)
{
    /// <summary>Reads what was named on the command line.</summary>
    /// <param name="authorities">PEM file, or null.</param>
    /// <param name="own">PEM file with certificate and key, or null.</param>
    public static MqttTls Read(string? authorities, string? own)
    {
        var trusted = new X509Certificate2Collection();
        if (authorities is not null) trusted.ImportFromPemFile(authorities);
        return new MqttTls(trusted, own is null ? null : X509Certificate2.CreateFromPemFile(own));
    }

    /// <summary>Sets a connection up; the server's name and time are always checked.</summary>
    public void Apply(MqttClientTlsOptionsBuilder tls)
    {
        tls.UseTls();
        // A pretend chip is often in a network from which nobody reaches lists of revoked certificates.
        tls.WithRevocationMode(X509RevocationMode.NoCheck);
        if (Authorities.Count > 0) tls.WithTrustChain(Authorities);
        if (Own is not null) tls.WithClientCertificates([Own]);
    }
}
