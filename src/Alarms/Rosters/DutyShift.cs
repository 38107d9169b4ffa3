using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Alarms.Rosters;

/// <summary>On which days a shift is worked.</summary>
public enum DutyDays
{
    /// <summary>Every day.</summary>
    Every,

    /// <summary>Working days, make-up days among them.</summary>
    Working,

    /// <summary>Weekends and holidays.</summary>
    Rest,
}

/// <summary>Hours in which somebody is on duty for an office, day after day until the plan ends.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class DutyShift : IOfOffice
{
    public Guid Id { get; set; }

    public OrganId? Organ { get; set; }

    public EnterpriseId? Enterprise { get; set; }

    /// <summary>Who.</summary>
    public Guid Account { get; set; }

    public DutyDays Days { get; set; }

    /// <summary>Begin, by the city's clock.</summary>
    public TimeOnly From { get; set; }

    /// <summary>End; not after the begin: on the next day.</summary>
    public TimeOnly To { get; set; }

    /// <summary>First day on which it begins.</summary>
    public DateOnly FirstDay { get; set; }

    /// <summary>Last day on which it begins; null = until it is taken out.</summary>
    public DateOnly? LastDay { get; set; }
}

internal sealed class DutyShiftMapping : IEntityTypeConfiguration<DutyShift>
{
    public void Configure(EntityTypeBuilder<DutyShift> builder) => builder.ToTable("alarm_duty_shifts");
}
