using System.Globalization;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Welding.Interlock;

namespace Anlan.Welding.Machines;

/// <summary>How large a machine's fence may be today.</summary>
internal sealed class FenceRules(RuleBook book, CityCalendar calendar)
{
    /// <summary>The limits at a place; null is the city as a whole.</summary>
    public FenceLimits At(DivisionCode? place)
    {
        var about = new RuleCase(calendar.Today) { Place = place };
        return new FenceLimits(book.Demand(WeldingQuestions.FenceUsual, about), book.Demand(WeldingQuestions.FenceLeast, about), book.Demand(WeldingQuestions.FenceMost, about));
    }
}

/// <summary>Limits of a fence, in metres.</summary>
internal sealed record FenceLimits(RuleAnswer UsualRule, RuleAnswer LeastRule, RuleAnswer MostRule)
{
    /// <summary>Fence of a machine for which nobody said otherwise.</summary>
    public int Usual => Math.Min((int)UsualRule.Limit, Most);

    public int Least => (int)LeastRule.Limit;

    public int Most => (int)MostRule.Limit;

    /// <summary>Why a fence cannot be, or null.</summary>
    public Refusal? Check(int metres)
    {
        var broken = !LeastRule.IsKeptBy(metres) ? LeastRule : !MostRule.IsKeptBy(metres) ? MostRule : null;
        return broken is null ? null : broken.Refuse("FenceInvalid", FactValue.Metres(metres), FactValue.Text(string.Create(CultureInfo.InvariantCulture, $"{Least}–{Most}"))) with { Field = "fenceMetres" };
    }
}
