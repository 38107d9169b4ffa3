using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Alarms.Rosters;

/// <summary>Somebody is away, and a colleague does the shifts of these days.</summary>
[Scoped(ScopedBy.Records)]
internal sealed class DutyLeave : IOfOffice
{
    public Guid Id { get; set; }

    public OrganId? Organ { get; set; }

    public EnterpriseId? Enterprise { get; set; }

    /// <summary>Who is away.</summary>
    public Guid Account { get; set; }

    /// <summary>Who stands in.</summary>
    public Guid Substitute { get; set; }

    public DateOnly FirstDay { get; set; }

    public DateOnly LastDay { get; set; }
}

internal sealed class DutyLeaveMapping : IEntityTypeConfiguration<DutyLeave>
{
    public void Configure(EntityTypeBuilder<DutyLeave> builder) => builder.ToTable("alarm_duty_leaves");
}
