using Anlan.Toolkit.Security;

namespace Anlan.Training.Certificates;

/// <summary>Seals certificate numbers, which usually hold an identity number, and opens them again; the only place that does.</summary>
internal sealed class CertificateSeal(PersonalFields fields)
{
    public byte[] Seal(Guid certificate, string number) => fields.Encrypt(number, Owner(certificate));

    public string Open(Certificate certificate) => fields.Decrypt(certificate.Number, Owner(certificate.Id));

    /// <summary>Keyed hash of a number, however it was typed.</summary>
    public string IndexOf(string number) => fields.BlindIndex(CertificateNumber.Normalise(number), "training.certificate.number");

    // Bound to row and column: bytes moved elsewhere no longer open.
    private static string Owner(Guid certificate) => $"training.certificate/{certificate}/number";
}
