using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Alarms.Delivery;

/// <summary>By which way somebody was told.</summary>
public enum AlarmChannel
{
    /// <summary>On the pages, with the bell.</summary>
    Desk,

    /// <summary>By text message.</summary>
    Text,

    /// <summary>By e-mail.</summary>
    Mail,

    /// <summary>Into a group, by its robot.</summary>
    Robot,
}

/// <summary>Who was told of an alarm, at which level and by which way.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class AlarmReceipt
{
    public Guid Id { get; set; }

    /// <summary>Number of the alarm.</summary>
    public long Alarm { get; set; }

    /// <summary>The level at which it was told.</summary>
    public int Level { get; set; }

    /// <summary>The account, or the robot.</summary>
    public Guid Account { get; set; }

    public AlarmChannel Channel { get; set; }

    /// <summary>When; of what is held for a digest: since when.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The message, for channels that leave the platform: what became of it stands there. Null on the pages, and while it is held for a digest.</summary>
    public Guid? Message { get; set; }
}

internal sealed class AlarmReceiptMapping : IEntityTypeConfiguration<AlarmReceipt>
{
    public void Configure(EntityTypeBuilder<AlarmReceipt> builder)
    {
        builder.ToTable("alarm_receipts");
        builder.HasIndex(r => new { r.Alarm, r.Level, r.Account, r.Channel }).IsUnique();
        builder.HasIndex(r => new { r.Account, r.Channel, r.At });
        builder.HasIndex(r => new { r.Message, r.Channel });
    }
}
