using Anlan.Accounts.Organs;
using Anlan.Accounts.Roles;
using Anlan.Contracts.Accounts;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;

namespace Anlan.Accounts.Invitations;

/// <summary>What is known of an invitation to be made.</summary>
/// <param name="Role">Role of the account; null when there is no such role.</param>
/// <param name="HasPerson">A person is named.</param>
/// <param name="IsPersonKnown">That person exists within the inviter's scope.</param>
/// <param name="HasCertificate">That person holds a certificate, whatever its state: for a welder its number is half of the claim.</param>
/// <param name="HasEnterprise">An enterprise is named.</param>
/// <param name="IsEnterpriseActive">That enterprise exists within the inviter's scope and is not closed.</param>
/// <param name="HasOrgan">An organ is named.</param>
/// <param name="Organ">Its kind, if it exists within the inviter's scope and is not closed.</param>
/// <param name="IsDisplayNameGiven">A name for screens is given.</param>
internal sealed record InvitationFacts(
    RoleFacts? Role, bool HasPerson, bool IsPersonKnown, bool HasCertificate, bool HasEnterprise, bool IsEnterpriseActive, bool HasOrgan, OrganKind? Organ, bool IsDisplayNameGiven);

/// <summary>
/// Who may invite whom: always below oneself. The security administrator invites everybody; an organ's staff those of enterprises, persons, and roles of organs that may do less than
/// they; an enterprise's staff its people.
/// </summary>
internal static class InvitationRules
{
    /// <summary>The roles that holders of this role may invite into.</summary>
    public static IReadOnlyList<RoleFacts> RolesOpenTo(RoleFacts? own, IReadOnlyList<RoleFacts> all) => own is null ? [] : [.. all.Where(role => role.HasAccounts && IsBelow(role, own))];

    /// <summary>True when the actor may invite into a role, and so give a lost account in it back.</summary>
    public static bool IsOpenTo(RoleBook roles, Actor actor, string role) => RolesOpenTo(roles.Find(actor.Role), roles.All).Any(open => open.Code == role);

    /// <summary>Everything that stands against it.</summary>
    public static IReadOnlyList<Refusal> Check(RoleFacts? own, InvitationFacts facts)
    {
        if (facts.Role is not { HasAccounts: true } role) return [Refusal.OfField("role", "RoleInvalid")];
        if (own is null || !IsBelow(role, own)) return [new Refusal("Forbidden")];
        var refusals = new List<Refusal>();
        if (role.Standing == Standing.Person)
        {
            if (!facts.HasPerson || !facts.IsPersonKnown) return [Refusal.OfField("person", "PersonUnknown")];
            if (role.Code == RoleNames.Welder && !facts.HasCertificate) refusals.Add(Refusal.OfField("person", "CertificateMissing"));
            return refusals;
        }

        if (facts.HasPerson) refusals.Add(Refusal.OfField("person", "PersonOnlyForWelders"));
        if (!facts.IsDisplayNameGiven) refusals.Add(Refusal.OfField("displayName", "DisplayNameInvalid"));
        if (role.Standing == Standing.Enterprise && !facts.IsEnterpriseActive) refusals.Add(Refusal.OfField("enterprise", "EnterpriseUnknown"));
        if (role.Standing != Standing.Enterprise && facts.HasEnterprise) refusals.Add(Refusal.OfField("enterprise", "EnterpriseOnlyForSafetyManagers"));
        if (role.Standing != Standing.Organ && facts.HasOrgan) refusals.Add(Refusal.OfField("organ", "OrganOnlyForItsStaff"));
        if (role.Standing != Standing.Organ) return refusals;
        if (facts.Organ is not { } kind) refusals.Add(Refusal.OfField("organ", facts.HasOrgan ? "OrganUnknown" : "OrganMissing"));
        else if (!role.IsFor(kind)) refusals.Add(Refusal.OfField("organ", "OrganKindUnfit") with { Measured = FactValue.Word("OrganKind." + kind), Limit = FactValue.Word("OrganKind." + role.OrganKinds[0]) });
        return refusals;
    }

    private static bool IsBelow(RoleFacts role, RoleFacts own) => own.Standing switch
    {
        Standing.Installation => true,
        Standing.Organ => role.Standing is Standing.Enterprise or Standing.Person || (role.Standing == Standing.Organ && role.Permissions.IsProperSubsetOf(own.Permissions)),
        Standing.Enterprise => role.Standing == Standing.Person,
        _ => false,
    };
}
