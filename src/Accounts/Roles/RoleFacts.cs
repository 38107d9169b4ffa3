using System.Collections.Frozen;
using Anlan.Accounts.Organs;
using Anlan.Contracts.Accounts;
using Anlan.Toolkit.Access;

namespace Anlan.Accounts.Roles;

/// <summary>A role as it stands: the built-in one with what the office changed, or one of the office's own.</summary>
/// <param name="Code">Code.</param>
/// <param name="NameZh">Name on Chinese screens.</param>
/// <param name="NameEn">Name on English screens.</param>
/// <param name="TextZh">Whom it is for; null for roles of the office's own.</param>
/// <param name="TextEn">The same in English.</param>
/// <param name="Standing">Whom its accounts stand for.</param>
/// <param name="OrganKinds">Kinds of organ that it is for; none means all.</param>
/// <param name="Permissions">What it lets one do.</param>
/// <param name="Default">What it would let one do had nobody changed it; nothing for roles of the office's own.</param>
/// <param name="Duty">The administration whose permissions it holds.</param>
/// <param name="IsBuiltIn">True when it came with the platform.</param>
/// <param name="IsOnPhone">True when its accounts work outside with a phone, not at a desk.</param>
/// <param name="Version">Of what the office decided; 0 when it decided nothing.</param>
internal sealed record RoleFacts(
    string Code, string NameZh, string NameEn, string? TextZh, string? TextEn, Standing Standing, IReadOnlyList<OrganKind> OrganKinds, FrozenSet<string> Permissions, FrozenSet<string> Default,
    Duty Duty, bool IsBuiltIn, bool IsOnPhone, int Version)
{
    /// <summary>The set-up makes its first holder, and without it nobody could put anything right: it is as it came.</summary>
    public bool IsFixed => Code == RoleNames.SecurityAdministrator;

    public bool IsChanged => IsBuiltIn && !Permissions.SetEquals(Default);

    /// <summary>Nobody signs in as the public.</summary>
    public bool HasAccounts => Standing != Standing.Public;

    public bool IsFor(OrganKind kind) => OrganKinds.Count == 0 || OrganKinds.Contains(kind);
}
