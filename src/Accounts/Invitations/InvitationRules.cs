using Anlan.Contracts.Accounts;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;

namespace Anlan.Accounts.Invitations;

/// <summary>What is known of an invitation to be made.</summary>
/// <param name="Role">Role of the account.</param>
/// <param name="HasPerson">A person is named.</param>
/// <param name="IsPersonKnown">That person exists within the inviter's scope.</param>
/// <param name="HasCertificate">That person holds a certificate, whatever its state: its number is half of the claim.</param>
/// <param name="HasEnterprise">An enterprise is named.</param>
/// <param name="IsEnterpriseActive">That enterprise exists within the inviter's scope and is not closed.</param>
/// <param name="HasOrgan">An organ is named.</param>
/// <param name="IsOrganActive">That organ exists within the inviter's scope and is not closed.</param>
/// <param name="IsDisplayNameGiven">A name for screens is given.</param>
internal sealed record InvitationFacts(
    string? Role, bool HasPerson, bool IsPersonKnown, bool HasCertificate, bool HasEnterprise, bool IsEnterpriseActive, bool HasOrgan, bool IsOrganActive, bool IsDisplayNameGiven);

/// <summary>Who may invite whom. Administrators invite everybody, the bureau everybody below it, safety managers the welders of their own enterprise.</summary>
internal static class InvitationRules
{
    /// <summary>All roles that an account can have.</summary>
    public static readonly IReadOnlyList<string> Roles = [RoleNames.Welder, RoleNames.SafetyManager, RoleNames.Installer, RoleNames.Bureau, RoleNames.Administrator];

    /// <summary>The roles that this actor may invite into.</summary>
    public static IReadOnlyList<string> RolesOpenTo(Actor actor)
    {
        if (actor.Is(RoleNames.Administrator)) return Roles;
        if (actor.Is(RoleNames.Bureau)) return [RoleNames.Welder, RoleNames.SafetyManager, RoleNames.Installer];
        return actor.Is(RoleNames.SafetyManager) ? [RoleNames.Welder] : [];
    }

    /// <summary>True for roles that act in the name of an organ: without one they would reach nothing.</summary>
    public static bool IsOfOrgan(string? role) => role is RoleNames.Bureau or RoleNames.Installer;

    /// <summary>Everything that stands against it.</summary>
    public static IReadOnlyList<Refusal> Check(Actor actor, InvitationFacts facts)
    {
        if (facts.Role is null || !Roles.Contains(facts.Role)) return [Refusal.OfField("role", "RoleInvalid")];
        if (!RolesOpenTo(actor).Contains(facts.Role)) return [new Refusal("Forbidden")];
        var refusals = new List<Refusal>();
        if (facts.Role == RoleNames.Welder)
        {
            if (!facts.HasPerson || !facts.IsPersonKnown) return [Refusal.OfField("person", "PersonUnknown")];
            if (!facts.HasCertificate) refusals.Add(Refusal.OfField("person", "CertificateMissing"));
            return refusals;
        }

        if (facts.HasPerson) refusals.Add(Refusal.OfField("person", "PersonOnlyForWelders"));
        if (!facts.IsDisplayNameGiven) refusals.Add(Refusal.OfField("displayName", "DisplayNameInvalid"));
        if (facts.Role == RoleNames.SafetyManager && !facts.IsEnterpriseActive) refusals.Add(Refusal.OfField("enterprise", "EnterpriseUnknown"));
        if (facts.Role != RoleNames.SafetyManager && facts.HasEnterprise) refusals.Add(Refusal.OfField("enterprise", "EnterpriseOnlyForSafetyManagers"));
        if (IsOfOrgan(facts.Role) && !facts.IsOrganActive) refusals.Add(Refusal.OfField("organ", facts.HasOrgan ? "OrganUnknown" : "OrganMissing"));
        if (!IsOfOrgan(facts.Role) && facts.HasOrgan) refusals.Add(Refusal.OfField("organ", "OrganOnlyForItsStaff"));
        return refusals;
    }
}
