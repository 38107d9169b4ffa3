using Anlan.Alarms.Rosters;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Alarms.Delivery;

/// <summary>A group's robot that is told of the alarms of its office.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class AlarmRobot : IOfOffice, IVersioned, ISealed<AlarmRobot>
{
    public const int LongestName = 40;

    public static Sealing<AlarmRobot> Sealing { get; } = new Sealing<AlarmRobot>(robot => $"alarms.robot/{robot.Id}").Column(r => r.Address, "address");

    public Guid Id { get; set; }

    public OrganId? Organ { get; set; }

    public EnterpriseId? Enterprise { get; set; }

    /// <summary>What its group is called.</summary>
    public required string Name { get; set; }

    /// <summary>Its host, for people to tell one from another.</summary>
    public required string Host { get; set; }

    /// <summary>Sealed webhook and secret.</summary>
    public required byte[] Address { get; set; }

    /// <summary>Told from this severity on.</summary>
    public AlarmSeverity From { get; set; }

    public DateTimeOffset EnteredAt { get; set; }

    public int Version { get; set; }
}

internal sealed class AlarmRobotMapping : IEntityTypeConfiguration<AlarmRobot>
{
    public void Configure(EntityTypeBuilder<AlarmRobot> builder)
    {
        builder.ToTable("alarm_robots");
        builder.Property(r => r.Name).HasMaxLength(AlarmRobot.LongestName);
        builder.Property(r => r.Host).HasMaxLength(100);
        builder.HasIndex(r => r.Organ);
        builder.HasIndex(r => r.Enterprise);
    }
}
