using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;

namespace Anlan.Host.Rules;

/// <summary>One rule as it stands on a day, every rule beside it on the same question, and the question's history.</summary>
internal sealed class ShowRule(RuleBook book)
{
    /// <param name="Rule">The version of the day, else the nearest one.</param>
    /// <param name="Question">What it answers.</param>
    /// <param name="Beside">All rules in force on the day that answer the question, the strictest first.</param>
    /// <param name="History">All versions of all rules that ever answered it, the newest first.</param>
    public sealed record Shown(Rule Rule, RuleQuestion Question, IReadOnlyList<Rule> Beside, IReadOnlyList<Rule> History);

    /// <param name="Rule">The version of the day, else the nearest one.</param>
    /// <param name="InForce">True when it is in force on the day.</param>
    /// <param name="Beside">All rules in force on the day that answer the question, the strictest first.</param>
    /// <param name="History">All versions of all rules that ever answered it, the newest first.</param>
    public sealed record Answer(RuleRow Rule, bool InForce, IReadOnlyList<RuleRow> Beside, IReadOnlyList<RuleRow> History);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/rules/{id}", (string id, DateOnly? on, ShowRule slice, CityCalendar calendar) =>
            {
                var day = on ?? calendar.Today;
                var found = slice.Run(id, day);
                return Task.FromResult(found.IsDone ? Tell(found.Value, day) : Outcome<Answer>.Refused(found.Refusals)).ToHttpAsync();
            })
            .RequirePermission(RulesPermissions.View).Produces<Answer>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Everybody).WithTags("Rules").WithSummary("A rule on a day, the rules beside it, and the history of their question");

    public Outcome<Shown> Run(string id, DateOnly on)
    {
        if (book.Find(id, on) is not { } rule) return new Refusal("RuleUnknown") { Measured = FactValue.Text(id) };
        var question = book.QuestionOf(rule.Question);
        // All dates are this day and the subject is open: so every rule in force on it speaks that reaches the city as a whole.
        var everything = question.Dates.Where(date => date != RuleQuestion.Today).Aggregate(new RuleCase(on), (about, date) => about.On(date, on));
        var applied = book.Ask(rule.Question, everything)?.Rules.Select(entry => entry.Rule).ToList() ?? [];
        var elsewhere = book.AnswersTo(rule.Question).Where(other => other.IsInForceOn(on) && !applied.Contains(other));
        return new Shown(rule, question, [.. applied, .. elsewhere], [.. book.AnswersTo(rule.Question).OrderByDescending(version => version.From).ThenBy(version => version.Id, StringComparer.Ordinal)]);
    }

    private static Answer Tell(Shown shown, DateOnly day) => new(
        RuleRow.Of(shown.Rule, shown.Question), shown.Rule.IsInForceOn(day), [.. shown.Beside.Select(rule => RuleRow.Of(rule, shown.Question))], [.. shown.History.Select(rule => RuleRow.Of(rule, shown.Question))]);
}
