using System.Text.Json;
using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Training.Certificates;

/// <summary>What was done to a certificate.</summary>
internal enum ChangeKind
{
    /// <summary>Entered for the first time.</summary>
    Entered,

    /// <summary>Corrected or renewed.</summary>
    Edited,

    /// <summary>Passed a review.</summary>
    Reviewed,

    /// <summary>Revoked.</summary>
    Revoked,

    /// <summary>A scan was attached.</summary>
    Scanned,

    /// <summary>A scan was taken back.</summary>
    ScanWithdrawn,
}

/// <summary>One line of a certificate's history: who, when, what. Never changed, never deleted.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class CertificateChange
{
    /// <summary>Sorts by time.</summary>
    public Guid Id { get; set; }

    public Guid Certificate { get; set; }

    public DateTimeOffset At { get; set; }

    public Guid Account { get; set; }

    /// <summary>Name of the account at that moment.</summary>
    public required string By { get; set; }

    public ChangeKind Kind { get; set; }

    /// <summary>JSON list of <see cref="FieldChange"/>; the number appears masked.</summary>
    public required string Fields { get; set; }

    public string? Reason { get; set; }

    public static CertificateChange Of(Certificate certificate, ChangeKind kind, IEnumerable<FieldChange> fields, Actor by, DateTimeOffset at, string? reason = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Certificate = certificate.Id,
        At = at,
        Account = by.Account,
        By = by.Name,
        Kind = kind,
        Fields = JsonSerializer.Serialize(fields, JsonSerializerOptions.Web),
        Reason = reason,
    };

    public IReadOnlyList<FieldChange> ReadFields() => JsonSerializer.Deserialize<List<FieldChange>>(Fields, JsonSerializerOptions.Web) ?? [];
}

/// <summary>One field before and after.</summary>
/// <param name="Field">Name of the field, camelCase.</param>
/// <param name="Before">Former value, null when there was none.</param>
/// <param name="After">New value, null when there is none.</param>
internal sealed record FieldChange(string Field, string? Before, string? After);

internal sealed class CertificateChangeMapping : IEntityTypeConfiguration<CertificateChange>
{
    public void Configure(EntityTypeBuilder<CertificateChange> builder)
    {
        builder.ToTable("training_certificate_changes");
        builder.Property(c => c.By).HasMaxLength(100);
        builder.Property(c => c.Reason).HasMaxLength(CertificateFields.LongestReason);
        builder.HasIndex(c => new { c.Certificate, c.Id });
    }
}
