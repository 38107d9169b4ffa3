using System.Text.RegularExpressions;
using Anlan.Accounts.Organs;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;

namespace Anlan.Accounts.Roles;

/// <summary>What may be decided about a role, and by whom.</summary>
internal static partial class RoleRules
{
    /// <summary>Everything that stands against a set of permissions for a standing.</summary>
    public static IReadOnlyList<Refusal> CheckPermissions(IReadOnlyCollection<string> permissions, Standing standing, IReadOnlyDictionary<string, Permission> declared)
    {
        if (permissions.FirstOrDefault(key => !declared.ContainsKey(key)) is { } unknown) return [Refusal.OfField("permissions", "PermissionNotKnown") with { Measured = FactValue.Text(unknown) }];
        if (permissions.FirstOrDefault(key => !declared[key].HeldBy.HasFlag(standing)) is { } foreign) return [Refusal.OfField("permissions", "PermissionOfOtherStanding") with { Measured = FactValue.Text(foreign), Limit = FactValue.Word("Standing." + standing) }];
        // GB/T 22239-2019 8.1.5: whoever runs, whoever admits and whoever watches are not the same.
        var duties = permissions.Select(key => declared[key].DutyFor(standing)).Where(duty => duty != Duty.None).Distinct().ToList();
        return duties.Count > 1 ? [Refusal.OfField("permissions", "DutiesNotApart") with { Measured = FactValue.Word("Duty." + duties[0]), Limit = FactValue.Word("Duty." + duties[1]) }] : [];
    }

    /// <summary>What stands against this actor changing this role.</summary>
    public static Refusal? CheckEditor(Actor actor, RoleFacts role)
    {
        if (role.IsFixed) return new Refusal("RoleFixed");
        return actor.Is(role.Code) ? new Refusal("OwnRole") : null;
    }

    /// <summary>Everything that stands against a new role's code, names and standing.</summary>
    public static IReadOnlyList<Refusal> CheckNew(string? code, string? nameZh, string? nameEn, Standing? standing, IReadOnlyList<OrganKind> kinds)
    {
        Refusal?[] found =
        [
            code is not null && Code().IsMatch(code) ? null : Refusal.OfField("code", "RoleCodeInvalid"),
            Name("nameZh", nameZh),
            Name("nameEn", nameEn),
            standing is Standing.Installation or Standing.Organ or Standing.Enterprise or Standing.Person ? null : Refusal.OfField("standing", "StandingInvalid"),
            kinds.Count > 0 && standing != Standing.Organ ? Refusal.OfField("organKinds", "OrganKindsOnlyForOrgans") : null,
        ];
        return [.. found.OfType<Refusal>()];
    }

    private static Refusal? Name(string field, string? name) => name switch
    {
        null or "" => Refusal.OfField(field, "RoleNameMissing"),
        { Length: > Role.LongestName } => Refusal.OfField(field, "RoleNameTooLong") with { Measured = FactValue.Count(name.Length), Limit = FactValue.Count(Role.LongestName) },
        _ => null,
    };

    [GeneratedRegex("^[a-z][a-z0-9-]{2,39}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Code();
}
