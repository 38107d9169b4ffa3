using Anlan.Cameras.Registry;
using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Cameras.Work;

/// <summary>Which worker looks through a camera. The row outlives a restart of the server, so that cameras do not change their workers with it.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class CameraLease
{
    public const int LongestWorker = 80;

    public CameraId Camera { get; set; }

    /// <summary>The worker's name, the account of its key before it: two plants may name theirs alike.</summary>
    public required string Worker { get; set; }

    /// <summary>The account of its key.</summary>
    public Guid Account { get; set; }

    public DateTimeOffset Since { get; set; }
}

internal sealed class CameraLeaseMapping : IEntityTypeConfiguration<CameraLease>
{
    public void Configure(EntityTypeBuilder<CameraLease> builder)
    {
        builder.ToTable("camera_leases");
        builder.HasKey(l => l.Camera);
        builder.Property(l => l.Worker).HasMaxLength(120);
    }
}
