using Anlan.Toolkit.Security;

namespace Anlan.Training.Certificates;

/// <summary>Seals certificate numbers, which usually hold an identity number, and opens them again; the only place that does.</summary>
internal sealed class CertificateSeal(PersonalFields fields)
{
    public byte[] Seal(Guid certificate, string number) => fields.Encrypt(number, Owner(certificate));

    public string Open(Certificate certificate) => Certificate.Sealing.Open(fields, certificate, "number");

    /// <summary>Keyed hash of a number, however it was typed.</summary>
    public string IndexOf(string number) => Certificate.Sealing.IndexOf(fields, nameof(Certificate.NumberIndex), number);

    /// <summary>What to look for: rows that a rotation of keys has not reached yet have an older index.</summary>
    public IReadOnlyList<string> IndexesOf(string number) => Certificate.Sealing.IndexesOf(fields, nameof(Certificate.NumberIndex), number);

    // Bound to row and column: bytes moved elsewhere no longer open.
    private static string Owner(Guid certificate) => $"training.certificate/{certificate}/number";
}
