using Anlan.Accounts.Roles;
using Anlan.Contracts.Accounts;
using Anlan.Host;
using Anlan.Toolkit.Access;

namespace Anlan.Tests.Accounts.Roles;

/// <summary>What the built-in roles hold, and what no role can hold.</summary>
public sealed class RoleBookTests
{
    private static readonly RoleBook Book = new(HostApplication.Modules);

    public static TheoryData<string> Codes => [.. Book.All.Select(role => role.Code)];

    [Fact]
    public void Every_actor_of_the_domain_has_its_role_and_every_name_that_modules_use_is_one()
    {
        var names = typeof(RoleNames).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(names.Order(StringComparer.Ordinal), Book.All.Select(role => role.Code).Order(StringComparer.Ordinal));
        Assert.All(Book.InOrder, permission => Assert.All(permission.ByDefault, code => Assert.NotNull(Book.Find(code))));
    }

    [Fact]
    public void What_a_module_gives_by_default_its_role_may_hold() => Assert.All(Book.InOrder, permission =>
        Assert.All(permission.ByDefault, code => Assert.True(permission.HeldBy.HasFlag(Book.Find(code)!.Standing), $"{permission.Key} is not for {code}.")));

    [Theory, MemberData(nameof(Codes))]
    public void A_built_in_role_keeps_the_three_administrations_apart(string code)
    {
        var role = Book.Find(code)!;

        Assert.Empty(RoleRules.CheckPermissions(role.Permissions, role.Standing, Book.Declared));
    }

    [Fact]
    public void Each_administration_has_one_built_in_role_and_the_one_that_watches_changes_nothing()
    {
        Assert.Equal(
            [(RoleNames.SystemAdministrator, Duty.System), (RoleNames.SecurityAdministrator, Duty.Security), (RoleNames.AuditAdministrator, Duty.Audit)],
            Book.All.Where(role => role.Standing == Standing.Installation).Select(role => (role.Code, role.Duty)));
        // Also whatever could be added to it: an audit administrator's role can only ever hold what reads.
        var holdable = Book.InOrder.Where(permission => permission.HeldBy.HasFlag(Standing.Installation) && permission.DutyFor(Standing.Installation) is Duty.None or Duty.Audit);
        Assert.All(holdable.Where(permission => permission.HeldBy.HasFlag(Standing.Installation)), permission => Assert.EndsWith(".view", permission.Key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("welding.start", RoleNames.Welder, true)]
    [InlineData("welding.start", RoleNames.SafetyManager, false)]
    [InlineData("welding.start", RoleNames.SecurityAdministrator, false)]
    [InlineData("accounts.organs.edit", RoleNames.SystemAdministrator, true)]
    [InlineData("accounts.organs.edit", RoleNames.SecurityAdministrator, false)]
    [InlineData("accounts.roles.edit", RoleNames.SecurityAdministrator, true)]
    [InlineData("accounts.roles.edit", RoleNames.SystemAdministrator, false)]
    [InlineData("accounts.audit.view", RoleNames.AuditAdministrator, true)]
    [InlineData("accounts.audit.view", RoleNames.SecurityAdministrator, false)]
    [InlineData("enterprises.view", RoleNames.SystemAdministrator, false)]
    [InlineData("training.revoke", RoleNames.ExternalExpert, false)]
    [InlineData("enterprises.view", "no-such-role", false)]
    [InlineData("no.such.permission", RoleNames.CityBureau, false)]
    public void A_role_holds_what_it_is_given_and_nothing_unknown_is_held(string permission, string role, bool isHeld) => Assert.Equal(isHeld, Book.IsHeld(permission, role));

    [Fact]
    public void Administration_and_what_one_does_in_person_is_neither_handed_on_nor_keyed()
    {
        Assert.All(Book.InOrder.Where(permission => permission.Duty != Duty.None), permission => Assert.False(permission.CanBeDelegated, permission.Key));
        Assert.All(Book.InOrder.Where(permission => permission.Duty == Duty.Security), permission => Assert.False(permission.CanBeKeyed, permission.Key));
        Assert.False(Book.Declared["welding.start"].CanBeDelegated);
        Assert.False(Book.Declared["welding.start"].CanBeKeyed);
    }

    [Fact]
    public void A_set_that_mixes_administrations_or_standings_or_knows_what_nobody_declares_is_refused()
    {
        Assert.Equal("DutiesNotApart", RoleRules.CheckPermissions(["accounts.roles.edit", "accounts.organs.edit"], Standing.Installation, Book.Declared).Single().Code);
        Assert.Equal("DutiesNotApart", RoleRules.CheckPermissions(["accounts.audit.view", "accounts.edit"], Standing.Installation, Book.Declared).Single().Code);
        Assert.Equal("PermissionOfOtherStanding", RoleRules.CheckPermissions(["welding.start"], Standing.Organ, Book.Declared).Single().Code);
        Assert.Equal("PermissionOfOtherStanding", RoleRules.CheckPermissions(["accounts.organs.edit"], Standing.Organ, Book.Declared).Single().Code);
        Assert.Equal("PermissionNotKnown", RoleRules.CheckPermissions(["welding.everything"], Standing.Organ, Book.Declared).Single().Code);
    }

    [Fact]
    public void Asking_makes_nothing()
    {
        var permissions = new HeldPermissions(Book, null!, null!);
        var actor = new Actor(Guid.CreateVersion7(), "welder", RoleNames.Welder, null, null);
        _ = permissions.IsHeld("welding.start", actor);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var times = 0; times < 1_000; times++) _ = permissions.IsHeld("welding.start", actor);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
