using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Ui;
using Bunit;
using AccountsWords = Anlan.Accounts.Words;
using WeldingWords = Anlan.Welding.Words;

namespace Anlan.Tests.Platform.Toolkit.Ui;

public sealed class RefusalCardTests
{
    private static readonly Refusal Short = new("PasswordTooShort") { Rule = "CERT-REVIEW-O30", RuleOn = new DateOnly(2026, 5, 20), Measured = FactValue.Count(3), Limit = FactValue.Count(12) };

    [Fact]
    public async Task The_first_reason_is_large_with_measured_value_limit_and_rule()
    {
        await using var context = new UiContext();

        var card = context.Render<RefusalCard>(p => p.Add(c => c.Refusals, [Short]).Add(c => c.L, context.Words<AccountsWords>()));

        Assert.Equal("密码有 3 个字，至少要 12 个。", card.Find("h3").TextContent);
        Assert.Equal(["3", "12"], card.FindAll(".mv b").Select(value => value.TextContent));
        Assert.Contains("第二十一条、第二十六条", card.Find(".rule").TextContent, StringComparison.Ordinal);
        Assert.Equal("/rules/CERT-REVIEW-O30?on=2026-05-20", card.Find(".rule a").GetAttribute("href"));
        Assert.Equal("alert", card.Find(".ref").GetAttribute("role"));
    }

    [Fact]
    public async Task Every_rule_that_applies_is_shown_with_its_limit_and_leads_to_the_day_of_the_judgement()
    {
        await using var context = new UiContext("en");
        var several = new Refusal("MachineLocked") { Rule = "WELD-MACHINE-LOCK", OtherRules = [new OtherRule("WELD-LEASE", new DateOnly(2026, 6, 10), 900, "s"), new OtherRule("CERT-HELD-O19", new DateOnly(2026, 6, 10), null, null)] };

        var card = context.Render<RefusalCard>(p => p.Add(c => c.Refusals, [several]).Add(c => c.JudgedOn, new DateOnly(2026, 6, 10)).Add(c => c.RulesAt, RuleLink.Phone));

        Assert.Equal(["/phone/rules/WELD-MACHINE-LOCK?on=2026-06-10", "/phone/rules/WELD-LEASE?on=2026-06-10", "/phone/rules/CERT-HELD-O19?on=2026-06-10"], card.FindAll(".rule a").Select(link => link.GetAttribute("href")));
        Assert.Contains("≤ 15 min", card.FindAll(".also")[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Unconfirmed", card.FindAll(".also")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_further_reason_is_listed_with_what_to_do()
    {
        await using var context = new UiContext("en");

        var card = context.Render<RefusalCard>(p => p.Add(c => c.Refusals, [Short, new("MachineLocked"), new("PinMissing")]).Add(c => c.L, context.Words<WeldingWords>()));

        Assert.Equal(2, card.FindAll(".more li").Count);
        Assert.Contains("2", card.Find(".card h3").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reason_of_another_module_is_told_in_that_modules_words()
    {
        await using var context = new UiContext("en");

        var card = context.Render<RefusalCard>(p => p.Add(c => c.Refusals, [new Refusal("LastAdministrator")]).Add(c => c.L, context.Words<WeldingWords>()));

        Assert.Equal(context.Words<AccountsWords>()["Refusal.LastAdministrator"].Value, card.Find("h3").TextContent);
    }

    [Fact]
    public async Task A_fault_stands_at_its_field_and_marks_it()
    {
        await using var context = new UiContext();

        var field = context.Render<Field>(p => p.Add(f => f.Id, "password").Add(f => f.Label, "密码").Add(f => f.L, context.Words<AccountsWords>()).Add(f => f.Refusals, [Short with { Field = "password" }, Refusal.OfField("pin", "PinInvalid")]));

        Assert.Equal("密码有 3 个字，至少要 12 个。", Assert.Single(field.FindAll(".fault")).TextContent);
        Assert.Contains("faulty", field.Find(".field").ClassList);
    }
}
