using Anlan.Accounts.Invitations;
using Anlan.Accounts.Organs;
using Anlan.Accounts.Roles;
using Anlan.Contracts.Accounts;
using Anlan.Host;
using Anlan.Toolkit.Access;

namespace Anlan.Tests.Accounts.Invitations;

public sealed class InvitationRulesTests
{
    private static readonly RoleBook Book = new(HostApplication.Modules);
    private static readonly InvitationFacts Welder = new(A(RoleNames.Welder), true, true, true, false, false, false, null, false);
    private static readonly InvitationFacts Manager = new(A(RoleNames.SafetyManager), false, false, false, true, true, false, null, true);
    private static readonly InvitationFacts Bureau = new(A(RoleNames.CityBureau), false, false, false, false, false, true, OrganKind.CityBureau, true);

    public static TheoryData<string, string, bool> Pairs => new()
    {
        { RoleNames.SecurityAdministrator, RoleNames.SecurityAdministrator, true },
        { RoleNames.SecurityAdministrator, RoleNames.SystemAdministrator, true },
        { RoleNames.SecurityAdministrator, RoleNames.AuditAdministrator, true },
        { RoleNames.SecurityAdministrator, RoleNames.CityBureau, true },
        { RoleNames.SecurityAdministrator, RoleNames.SafetyManager, true },
        { RoleNames.SecurityAdministrator, RoleNames.Welder, true },
        { RoleNames.SecurityAdministrator, RoleNames.Public, false },
        { RoleNames.CityBureau, RoleNames.SecurityAdministrator, false },
        { RoleNames.CityBureau, RoleNames.SystemAdministrator, false },
        { RoleNames.CityBureau, RoleNames.AuditAdministrator, false },
        { RoleNames.CityBureau, RoleNames.CityBureau, false },
        { RoleNames.CityBureau, RoleNames.CountyBureau, true },
        { RoleNames.CountyBureau, RoleNames.CityBureau, false },
        { RoleNames.CityBureau, RoleNames.SafetyManager, true },
        { RoleNames.CityBureau, RoleNames.PrincipalResponsible, true },
        { RoleNames.CityBureau, RoleNames.Installer, true },
        { RoleNames.CityBureau, RoleNames.ExternalExpert, true },
        { RoleNames.CityBureau, RoleNames.Welder, true },
        { RoleNames.SafetyManager, RoleNames.SafetyManager, false },
        { RoleNames.SafetyManager, RoleNames.PrincipalResponsible, false },
        { RoleNames.SafetyManager, RoleNames.Installer, false },
        { RoleNames.SafetyManager, RoleNames.Welder, true },
        { RoleNames.SafetyManager, RoleNames.Attendant, true },
        { RoleNames.Welder, RoleNames.Welder, false },
    };

    [Theory, MemberData(nameof(Pairs))]
    public void Whoever_invites_does_so_below_oneself(string inviter, string role, bool isOpen)
    {
        var facts = A(role) switch
        {
            { Standing: Standing.Person } person => Welder with { Role = person },
            { Standing: Standing.Enterprise } enterprise => Manager with { Role = enterprise },
            { Standing: Standing.Organ } organ => Bureau with { Role = organ, Organ = organ.OrganKinds.Count > 0 ? organ.OrganKinds[0] : OrganKind.CityBureau },
            var other => Bureau with { Role = other, HasOrgan = false, Organ = null },
        };

        var refusals = InvitationRules.Check(A(inviter), facts);

        Assert.Equal(isOpen, refusals.Count == 0);
        Assert.Equal(isOpen, InvitationRules.RolesOpenTo(A(inviter), Book.All).Any(open => open.Code == role));
    }

    [Fact]
    public void A_person_outside_the_inviters_scope_is_unknown() =>
        Assert.Equal("PersonUnknown", InvitationRules.Check(A(RoleNames.SafetyManager), Welder with { IsPersonKnown = false })[0].Code);

    [Fact]
    public void Staff_of_organs_need_an_organ_that_the_role_is_for_and_others_have_none()
    {
        var chief = A(RoleNames.SecurityAdministrator);

        Assert.Equal("OrganMissing", InvitationRules.Check(chief, Bureau with { HasOrgan = false, Organ = null })[0].Code);
        Assert.Equal("OrganUnknown", InvitationRules.Check(chief, Bureau with { Role = A(RoleNames.Installer), Organ = null })[0].Code);
        Assert.Equal("OrganKindUnfit", InvitationRules.Check(chief, Bureau with { Organ = OrganKind.TownStation })[0].Code);
        Assert.Equal("OrganOnlyForItsStaff", InvitationRules.Check(chief, Manager with { HasOrgan = true, Organ = OrganKind.CityBureau })[0].Code);
    }

    [Fact]
    public void A_welder_needs_a_certificate_and_an_attendant_does_not()
    {
        Assert.Equal("CertificateMissing", InvitationRules.Check(A(RoleNames.SecurityAdministrator), Welder with { HasCertificate = false })[0].Code);
        Assert.Empty(InvitationRules.Check(A(RoleNames.SecurityAdministrator), Welder with { Role = A(RoleNames.Attendant), HasCertificate = false }));
    }

    [Fact]
    public void A_closed_or_unknown_enterprise_is_refused() =>
        Assert.Equal("EnterpriseUnknown", InvitationRules.Check(A(RoleNames.SecurityAdministrator), Manager with { IsEnterpriseActive = false })[0].Code);

    [Fact]
    public void An_unknown_role_is_refused_and_whoever_has_one_invites_nobody()
    {
        Assert.Equal("RoleInvalid", InvitationRules.Check(A(RoleNames.SecurityAdministrator), Bureau with { Role = null })[0].Code);
        Assert.Equal("Forbidden", InvitationRules.Check(null, Welder)[0].Code);
        Assert.Empty(InvitationRules.RolesOpenTo(null, Book.All));
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var refusals = InvitationRules.Check(A(RoleNames.SecurityAdministrator), Bureau with { HasPerson = true, HasEnterprise = true, IsDisplayNameGiven = false });

        Assert.Equal(["PersonOnlyForWelders", "DisplayNameInvalid", "EnterpriseOnlyForSafetyManagers"], refusals.Select(r => r.Code));
    }

    private static RoleFacts A(string role) => Book.Find(role)!;
}
