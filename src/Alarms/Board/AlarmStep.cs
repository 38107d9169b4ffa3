using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Alarms.Board;

/// <summary>One step of an alarm: who did what, when and from where; a read table, the entry itself lies in the log.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class AlarmStep
{
    /// <summary>Position of the log entry.</summary>
    public long Seq { get; set; }

    /// <summary>The alarm's number.</summary>
    public long Alarm { get; set; }

    public AlarmAct Act { get; set; }

    public DateTimeOffset At { get; set; }

    public AlarmSide Side { get; set; }

    /// <summary>Who, or null for the platform itself.</summary>
    public Guid? Account { get; set; }

    /// <summary>The account whose handed-on permission was used, or null.</summary>
    public Guid? OnBehalfOf { get; set; }

    /// <summary>The API key with which a program acted, or null.</summary>
    public Guid? ApiKey { get; set; }

    /// <summary>For which organ, or null.</summary>
    public OrganId? Organ { get; set; }

    /// <summary>For which enterprise, or null.</summary>
    public EnterpriseId? Enterprise { get; set; }

    /// <summary>Where the phone was, WGS-84, or null.</summary>
    public double? Latitude { get; set; }

    /// <summary>Where the phone was, WGS-84, or null.</summary>
    public double? Longitude { get; set; }

    /// <summary>Why, or what was found or done.</summary>
    public string? Note { get; set; }

    /// <summary>The level that was told, or is to be.</summary>
    public int? Level { get; set; }

    /// <summary>How many people were told, for a push.</summary>
    public int? Told { get; set; }

    /// <summary>How many messages left, for a push.</summary>
    public int? Messages { get; set; }
}

internal sealed class AlarmStepMapping : IEntityTypeConfiguration<AlarmStep>
{
    public void Configure(EntityTypeBuilder<AlarmStep> builder)
    {
        builder.ToTable("alarm_steps");
        // One entry may be a step of two alarms: told to nobody, it raises another one.
        builder.HasKey(s => new { s.Seq, s.Alarm });
        builder.Property(s => s.Note).HasMaxLength(AlarmRule.LongestNote);
        builder.HasIndex(s => new { s.Alarm, s.Seq });
    }
}
