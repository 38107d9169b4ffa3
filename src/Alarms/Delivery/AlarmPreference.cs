using Anlan.Toolkit.Access;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Alarms.Delivery;

/// <summary>How somebody of the staff wants to be told beside the pages, and when not. The severe ones are told at every hour.</summary>
[Scoped(ScopedBy.Own)]
internal sealed class AlarmPreference : IVersioned, ISealed<AlarmPreference>
{
    public static Sealing<AlarmPreference> Sealing { get; } = new Sealing<AlarmPreference>(preference => $"alarms.preference/{preference.Account}").Column(p => p.Mobile, "mobile").Column(p => p.Mail, "mail");

    public Guid Account { get; set; }

    /// <summary>Sealed mobile number, or null.</summary>
    public byte[]? Mobile { get; set; }

    /// <summary>Sealed e-mail address, or null.</summary>
    public byte[]? Mail { get; set; }

    /// <summary>By text message from this severity on; null = never.</summary>
    public AlarmSeverity? TextFrom { get; set; }

    /// <summary>By e-mail from this severity on; null = never.</summary>
    public AlarmSeverity? MailFrom { get; set; }

    /// <summary>Begin of the quiet hours, by the city's clock; null = none.</summary>
    public TimeOnly? QuietFrom { get; set; }

    /// <summary>End of the quiet hours.</summary>
    public TimeOnly? QuietTo { get; set; }

    public int Version { get; set; }

    /// <summary>True in the quiet hours, which may go over midnight: what is not severe waits for their end.</summary>
    public bool IsQuiet(TimeOnly hour) => QuietFrom is { } from && QuietTo is { } to && from != to && hour.IsBetween(from, to);
}

internal sealed class AlarmPreferenceMapping : IEntityTypeConfiguration<AlarmPreference>
{
    public void Configure(EntityTypeBuilder<AlarmPreference> builder)
    {
        builder.ToTable("alarm_preferences");
        builder.HasKey(p => p.Account);
        builder.Property(p => p.Account).ValueGeneratedNever();
    }
}
