using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Scopes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Alarms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Alarms.Board;

/// <summary>One condition of which people are told, from its first word to its end; a read table that only <see cref="AlarmProjection"/> writes.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class Alarm : IPlaced<Alarm>
{
    public static Placing<Alarm> Placing { get; } = Placing<Alarm>.ByOptional(a => a.Division, a => a.Enterprise);

    /// <summary>Position of the log entry that told of it first: its number, and where its evidence lies.</summary>
    public long Number { get; set; }

    /// <summary>Key of its kind.</summary>
    public required string Kind { get; set; }

    /// <summary>Kind and subject together.</summary>
    public required string Key { get; set; }

    /// <summary>The key while it is open, else null: no two may be open under the same one.</summary>
    public string? OpenKey { get; set; }

    public required string Subject { get; set; }

    /// <summary>Where it comes from again and again: a camera's zone; usually the subject.</summary>
    public required string Source { get; set; }

    /// <summary>What people call the subject.</summary>
    public required string Name { get; set; }

    public EnterpriseId? Enterprise { get; set; }

    public DivisionCode? Division { get; set; }

    /// <summary>Where it is on the map, WGS-84, or null.</summary>
    public double? Latitude { get; set; }

    /// <summary>Where it is on the map, WGS-84, or null.</summary>
    public double? Longitude { get; set; }

    public AlarmSeverity Severity { get; set; }

    public AlarmState State { get; set; }

    /// <summary>How far up it was told because nobody took it over: 0 enterprise, 1 town station, 2 county, 3 city.</summary>
    public int Level { get; set; }

    public DateTimeOffset RaisedAt { get; set; }

    /// <summary>When the condition was told of last.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>How often it was told of.</summary>
    public int Times { get; set; }

    /// <summary>True while the condition goes on.</summary>
    public bool IsLasting { get; set; }

    /// <summary>Address of the newest picture that shows it, of this server, or null.</summary>
    public string? Picture { get; set; }

    public FactKind? MeasuredKind { get; set; }

    public string? Measured { get; set; }

    public FactKind? LimitKind { get; set; }

    public string? Limit { get; set; }

    public string? Rule { get; set; }

    public DateOnly? RuleOn { get; set; }

    public DateTimeOffset? AcknowledgedAt { get; set; }

    /// <summary>The account that took it over, or null.</summary>
    public Guid? AcknowledgedBy { get; set; }

    public DateTimeOffset? OnSiteAt { get; set; }

    public DateTimeOffset? JudgedAt { get; set; }

    public DateTimeOffset? HandledAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public bool IsOpen => AlarmRule.IsOpen(State);

    public Anchor Anchor => new(Division, Enterprise?.Value);

    public FactValue? MeasuredValue => MeasuredKind is { } kind && Measured is { } value ? new FactValue(kind, value) : null;

    public FactValue? LimitValue => LimitKind is { } kind && Limit is { } value ? new FactValue(kind, value) : null;

    /// <summary>A copy to be changed: what lies on the board is read by others meanwhile.</summary>
    public Alarm Copy() => (Alarm)MemberwiseClone();
}

internal sealed class AlarmMapping : IEntityTypeConfiguration<Alarm>
{
    public void Configure(EntityTypeBuilder<Alarm> builder)
    {
        builder.ToTable("alarms");
        builder.HasKey(a => a.Number);
        builder.Property(a => a.Number).ValueGeneratedNever();
        builder.Property(a => a.Kind).HasMaxLength(60);
        builder.Property(a => a.Key).HasMaxLength(160);
        builder.Property(a => a.OpenKey).HasMaxLength(160);
        builder.Property(a => a.Subject).HasMaxLength(100);
        builder.Property(a => a.Source).HasMaxLength(100);
        builder.Property(a => a.Name).HasMaxLength(100);
        builder.Property(a => a.Picture).HasMaxLength(120);
        builder.Property(a => a.Measured).HasMaxLength(100);
        builder.Property(a => a.Limit).HasMaxLength(100);
        builder.Property(a => a.Rule).HasMaxLength(40);
        builder.HasIndex(a => a.OpenKey).IsUnique();
        builder.HasIndex(a => new { a.Division, a.Number });
        builder.HasIndex(a => new { a.Enterprise, a.Number });
        builder.HasIndex(a => new { a.Kind, a.Number });
        builder.HasIndex(a => new { a.Kind, a.Source });
        builder.HasIndex(a => a.EndedAt);
    }
}
