using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.Employments;
using Anlan.Enterprises.Registry;
using Anlan.Kernel.Divisions;

namespace Anlan.Tests.Enterprises.Employments;

public sealed class EmploymentRulesTests
{
    private static readonly EnterpriseId Works = new(Guid.Parse("0190a000-0000-7000-8000-000000000001"));
    private static readonly DateOnly Monday = new(2026, 1, 5);

    [Theory]
    [InlineData(BindingKind.Permanent, null, "")]
    [InlineData(BindingKind.Permanent, 30, "")]
    [InlineData(BindingKind.Temporary, 0, "")] // for one day
    [InlineData(BindingKind.Temporary, null, "TemporaryNeedsEnd")]
    [InlineData(BindingKind.Temporary, -1, "EndBeforeStart")]
    [InlineData(BindingKind.SelfEmployed, null, "SelfEmployedNeedsOwnBusiness")]
    public void A_binding_has_the_days_that_its_kind_needs(BindingKind kind, int? days, string refused) =>
        Assert.Equal(refused, string.Join(' ', EmploymentRules.Check(AnEnterprise(), kind, Monday, days is { } d ? Monday.AddDays(d) : null, [], []).Select(r => r.Code)));

    [Theory]
    [InlineData(-30, null, true)] // still open
    [InlineData(-30, 0, true)] // ends on the first day
    [InlineData(-30, -1, false)] // ended the day before
    [InlineData(10, 20, true)]
    [InlineData(31, null, false)] // begins the day after
    [InlineData(10, 9, false)] // ended on its first day: never in force
    public void Two_bindings_to_one_enterprise_do_not_overlap(int from, int? to, bool overlaps)
    {
        var other = AnEntry(Monday.AddDays(from), to is { } t ? Monday.AddDays(t) : null);

        var refusals = EmploymentRules.Check(AnEnterprise(), BindingKind.Permanent, Monday, Monday.AddDays(30), [other], []);

        Assert.Equal(overlaps, refusals.Any(r => r.Code == "BindingOverlaps"));
    }

    [Fact]
    public void Bindings_to_different_enterprises_may_overlap()
    {
        var elsewhere = AnEntry(Monday.AddDays(-30), null) with { Enterprise = new EnterpriseId(Guid.CreateVersion7()) };

        Assert.Empty(EmploymentRules.Check(AnEnterprise(), BindingKind.Permanent, Monday, null, [elsewhere], []));
    }

    [Fact]
    public void A_business_has_one_self_employed_person()
    {
        var owner = AnEntry(Monday.AddDays(-30), null) with { Kind = BindingKind.SelfEmployed };

        var second = EmploymentRules.Check(AnEnterprise(EnterpriseKind.SelfEmployed), BindingKind.SelfEmployed, Monday, null, [], [owner]);
        var employee = EmploymentRules.Check(AnEnterprise(EnterpriseKind.SelfEmployed), BindingKind.Permanent, Monday, null, [], [owner]);

        Assert.Equal(["SelfEmployedTaken"], second.Select(r => r.Code));
        Assert.Empty(employee);
    }

    [Fact]
    public void Nobody_is_bound_to_a_closed_enterprise() =>
        Assert.Equal(["EnterpriseClosed"], EmploymentRules.Check(AnEnterprise() with { ClosedOn = Monday }, BindingKind.Permanent, Monday, null, [], []).Select(r => r.Code));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void First_and_last_day_both_count(int day, bool isInForce) => Assert.Equal(isInForce, AnEntry(Monday, Monday.AddDays(5)).IsInForceOn(Monday.AddDays(day)));

    private static EnterpriseEntry AnEnterprise(EnterpriseKind kind = EnterpriseKind.Company) =>
        new(new EnterpriseFacts(Works, "Works", null, new DivisionCode(RegistryHost.Town), true), kind, null, default, null);

    private static EmploymentEntry AnEntry(DateOnly from, DateOnly? to) => new(Guid.CreateVersion7(), new PersonId(Guid.CreateVersion7()), Works, BindingKind.Permanent, from, to, null, false);
}
