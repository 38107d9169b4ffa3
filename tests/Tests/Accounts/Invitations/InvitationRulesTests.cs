using Anlan.Accounts.Invitations;
using Anlan.Contracts.Accounts;
using Anlan.Toolkit.Access;

namespace Anlan.Tests.Accounts.Invitations;

public sealed class InvitationRulesTests
{
    private static readonly InvitationFacts Welder = new(RoleNames.Welder, true, true, true, false, false, false, false, false);
    private static readonly InvitationFacts Manager = new(RoleNames.SafetyManager, false, false, false, true, true, false, false, true);
    private static readonly InvitationFacts Bureau = new(RoleNames.Bureau, false, false, false, false, false, true, true, true);

    public static TheoryData<string, string, bool> Reach => new()
    {
        { RoleNames.Administrator, RoleNames.Administrator, true },
        { RoleNames.Administrator, RoleNames.Bureau, true },
        { RoleNames.Administrator, RoleNames.SafetyManager, true },
        { RoleNames.Administrator, RoleNames.Installer, true },
        { RoleNames.Administrator, RoleNames.Welder, true },
        { RoleNames.Bureau, RoleNames.Administrator, false },
        { RoleNames.Bureau, RoleNames.Bureau, false },
        { RoleNames.Bureau, RoleNames.SafetyManager, true },
        { RoleNames.Bureau, RoleNames.Installer, true },
        { RoleNames.Bureau, RoleNames.Welder, true },
        { RoleNames.SafetyManager, RoleNames.Administrator, false },
        { RoleNames.SafetyManager, RoleNames.SafetyManager, false },
        { RoleNames.SafetyManager, RoleNames.Installer, false },
        { RoleNames.SafetyManager, RoleNames.Welder, true },
        { RoleNames.Welder, RoleNames.Welder, false },
        { RoleNames.Installer, RoleNames.Welder, false },
    };

    private static Actor An(string role) => new(Guid.CreateVersion7(), role, [role], null, null);

    [Theory, MemberData(nameof(Reach))]
    public void Each_role_invites_only_below_itself(string inviter, string role, bool isAllowed)
    {
        var facts = role switch { RoleNames.Welder => Welder, RoleNames.SafetyManager => Manager, RoleNames.Administrator => Bureau with { Role = role, HasOrgan = false, IsOrganActive = false }, _ => Bureau with { Role = role } };

        var refusals = InvitationRules.Check(An(inviter), facts);

        Assert.Equal(isAllowed ? [] : ["Forbidden"], refusals.Select(r => r.Code));
    }

    [Fact]
    public void A_welder_outside_the_inviters_scope_is_unknown() =>
        Assert.Equal("PersonUnknown", InvitationRules.Check(An(RoleNames.SafetyManager), Welder with { IsPersonKnown = false })[0].Code);

    [Fact]
    public void Whoever_acts_for_an_organ_belongs_to_one_and_nobody_else_does()
    {
        Assert.Equal("OrganMissing", InvitationRules.Check(An(RoleNames.Administrator), Bureau with { HasOrgan = false, IsOrganActive = false })[0].Code);
        Assert.Equal("OrganUnknown", InvitationRules.Check(An(RoleNames.Administrator), Bureau with { Role = RoleNames.Installer, IsOrganActive = false })[0].Code);
        Assert.Equal("OrganOnlyForItsStaff", InvitationRules.Check(An(RoleNames.Administrator), Manager with { HasOrgan = true, IsOrganActive = true })[0].Code);
    }

    [Fact]
    public void A_welder_without_certificate_cannot_be_invited() =>
        Assert.Equal("CertificateMissing", InvitationRules.Check(An(RoleNames.Administrator), Welder with { HasCertificate = false })[0].Code);

    [Fact]
    public void A_safety_manager_belongs_to_an_active_enterprise() =>
        Assert.Equal("EnterpriseUnknown", InvitationRules.Check(An(RoleNames.Administrator), Manager with { IsEnterpriseActive = false })[0].Code);

    [Theory]
    [InlineData(null)]
    [InlineData("emperor")]
    public void An_unknown_role_is_refused(string? role) => Assert.Equal("RoleInvalid", InvitationRules.Check(An(RoleNames.Administrator), Bureau with { Role = role })[0].Code);

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var refusals = InvitationRules.Check(An(RoleNames.Administrator), Bureau with { HasPerson = true, HasEnterprise = true, IsDisplayNameGiven = false });

        Assert.Equal(["PersonOnlyForWelders", "DisplayNameInvalid", "EnterpriseOnlyForSafetyManagers"], refusals.Select(r => r.Code));
    }
}
