using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Divisions;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Welding.Sessions;

/// <summary>A refused start with every reason; a read table.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class RefusedStart : IPlaced<RefusedStart>, IConcerns
{
    private static readonly HashSet<string> OfCertificates =
        ["CertificateNotFound", "CategoryMismatch", "CertificateRevoked", "CertificateExpired", "CertificateNotYetValid", "CertificateReviewOverdue"];

    public static Placing<RefusedStart> Placing { get; } = Placing<RefusedStart>.ByOptional(r => r.Division, r => r.Enterprise);

    /// <summary>The decision.</summary>
    public Guid Id { get; set; }

    /// <summary>Position of the log entry.</summary>
    public long Seq { get; set; }

    public MachineId Machine { get; set; }

    public PersonId? Person { get; set; }

    public EnterpriseId? Enterprise { get; set; }

    /// <summary>Where the machine stands: whoever supervises that place sees the refusal.</summary>
    public DivisionCode? Division { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The most important reason.</summary>
    public required string Code { get; set; }

    /// <summary>All reasons, JSON array of refusals.</summary>
    public required string Refusals { get; set; }

    /// <summary>One of the reasons is that no certificate in force carried the work: an unlicensed start that was blocked.</summary>
    public bool IsUnlicensed { get; set; }

    /// <summary>True for a reason that speaks of a certificate.</summary>
    public static bool SpeaksOfCertificate(string code) => OfCertificates.Contains(code);

    public IEnumerable<Concern> Concerns()
    {
        yield return new Concern(Concern.Machine, Machine.Value);
        if (Person is { } person) yield return new Concern(Concern.Person, person.Value);
        if (Enterprise is { } enterprise) yield return new Concern(Concern.Enterprise, enterprise.Value);
    }
}

internal sealed class RefusedStartMapping : IEntityTypeConfiguration<RefusedStart>
{
    public void Configure(EntityTypeBuilder<RefusedStart> builder)
    {
        builder.ToTable("welding_refused_starts");
        builder.Property(r => r.Code).HasMaxLength(40);
        builder.HasIndex(r => r.Seq);
        builder.HasIndex(r => r.At);
        builder.HasIndex(r => new { r.Person, r.At });
        builder.HasIndex(r => new { r.Machine, r.Seq });
        builder.HasIndex(r => new { r.Enterprise, r.Seq });
        builder.HasIndex(r => new { r.Division, r.Seq });
    }
}
