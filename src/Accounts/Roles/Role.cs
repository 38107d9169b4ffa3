using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Accounts.Roles;

/// <summary>
/// What an office decided about a role: how it differs from the built-in one, or a role of its own. A built-in role that nobody changed has no row, so a
/// module that comes later reaches it by itself.
/// </summary>
[Scoped(ScopedBy.Installation)]
internal sealed class Role : IVersioned
{
    public const int LongestCode = 40;
    public const int LongestName = 60;

    public required string Code { get; set; }

    /// <summary>Names of a role of the office's own; null for a built-in one, which keeps its names.</summary>
    public string? NameZh { get; set; }

    public string? NameEn { get; set; }

    public Standing Standing { get; set; }

    /// <summary>Kinds of organ that a role of the office's own is for; none means all.</summary>
    public IReadOnlyList<string> OrganKinds { get; set; } = [];

    /// <summary>Permissions beyond the default.</summary>
    public IReadOnlyList<string> Added { get; set; } = [];

    /// <summary>Permissions of the default that it lacks.</summary>
    public IReadOnlyList<string> Withdrawn { get; set; } = [];

    public bool IsBuiltIn { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public int Version { get; set; }
}

internal sealed class RoleMapping : IEntityTypeConfiguration<Role>
{
    public void Configure(EntityTypeBuilder<Role> builder)
    {
        builder.ToTable("accounts_roles");
        builder.HasKey(r => r.Code);
        builder.Property(r => r.Code).HasMaxLength(Role.LongestCode);
        builder.Property(r => r.NameZh).HasMaxLength(Role.LongestName);
        builder.Property(r => r.NameEn).HasMaxLength(Role.LongestName);
        builder.Property(r => r.OrganKinds).HasConversion(CodeList.Converter, CodeList.Comparer);
        builder.Property(r => r.Added).HasConversion(CodeList.Converter, CodeList.Comparer);
        builder.Property(r => r.Withdrawn).HasConversion(CodeList.Converter, CodeList.Comparer);
    }
}
