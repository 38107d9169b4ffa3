using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Scopes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Alarms.Feedback;

/// <summary>What became of a suggestion.</summary>
public enum SuggestionState
{
    /// <summary>Nobody has decided.</summary>
    Open,

    /// <summary>Somebody sees to it.</summary>
    Accepted,

    /// <summary>Somebody said why not.</summary>
    Refused,
}

/// <summary>One source was called false again and again: what to do about it, until a person has decided.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class AlarmSuggestion : IPlaced<AlarmSuggestion>, IVersioned
{
    public static Placing<AlarmSuggestion> Placing { get; } = Placing<AlarmSuggestion>.ByOptional(s => s.Division, s => s.Enterprise);

    public Guid Id { get; set; }

    /// <summary>Key of the kind.</summary>
    public required string Kind { get; set; }

    public required string Subject { get; set; }

    /// <summary>What people call the subject.</summary>
    public required string Name { get; set; }

    /// <summary>Kind and subject while it is open, else null: no two may be open for one source.</summary>
    public string? OpenKey { get; set; }

    public EnterpriseId? Enterprise { get; set; }

    public DivisionCode? Division { get; set; }

    public AlarmAdvice Advice { get; set; }

    /// <summary>How often it was called false when this was suggested.</summary>
    public int FalseMarks { get; set; }

    public DateTimeOffset RaisedAt { get; set; }

    public SuggestionState State { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    public Guid? DecidedBy { get; set; }

    /// <summary>What will be done, or why nothing.</summary>
    public string? Reason { get; set; }

    public int Version { get; set; }

    public Anchor Anchor => new(Division, Enterprise?.Value);
}

internal sealed class AlarmSuggestionMapping : IEntityTypeConfiguration<AlarmSuggestion>
{
    public void Configure(EntityTypeBuilder<AlarmSuggestion> builder)
    {
        builder.ToTable("alarm_suggestions");
        builder.Property(s => s.Kind).HasMaxLength(60);
        builder.Property(s => s.Subject).HasMaxLength(100);
        builder.Property(s => s.Name).HasMaxLength(100);
        builder.Property(s => s.OpenKey).HasMaxLength(160);
        builder.Property(s => s.Reason).HasMaxLength(Board.AlarmRule.LongestNote);
        builder.HasIndex(s => s.OpenKey).IsUnique();
        builder.HasIndex(s => new { s.Division, s.RaisedAt });
        builder.HasIndex(s => new { s.Enterprise, s.RaisedAt });
        builder.HasIndex(s => s.DecidedAt);
    }
}
