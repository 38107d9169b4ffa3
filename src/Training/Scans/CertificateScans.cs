using Anlan.Toolkit.Files;
using Anlan.Training.Certificates;

namespace Anlan.Training.Scans;

/// <summary>What a certificate's scans are: pictures of a card that shows its holder, so each is sealed, and opened with a reason only.</summary>
internal static class CertificateScans
{
    /// <summary>The kind of record.</summary>
    public const string Kind = "certificate";

    /// <summary>What a scan can show.</summary>
    public static readonly IReadOnlyList<string> Parts = ["front", "back", "other"];

    /// <summary>A phone's photo of a card, or a page of a scanner.</summary>
    public static readonly FileTerms Terms = new(8 * 1024 * 1024, IsSealed: true, MediaType.Jpeg, MediaType.Png, MediaType.Pdf);

    public static FileOwner OwnerOf(Certificate certificate) => new(Kind, certificate.Id) { Person = certificate.Person.Value };

    /// <summary>A scan with its certificate, both tracked, or null when there is none within scope.</summary>
    public static async Task<(AttachedFile File, Certificate Certificate)?> FindAsync(Attachments files, CertificateDesk desk, Guid scan, CancellationToken stop) =>
        await files.FindAsync(Kind, scan, stop) is { } file && await desk.FindAsync(file.Record, stop) is { } certificate ? (file, certificate) : null;
}
