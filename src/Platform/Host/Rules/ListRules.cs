using Anlan.Kernel.Paging;
using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;

namespace Anlan.Host.Rules;

/// <summary>The rules in force on a day, by chapter and question, the higher law first.</summary>
internal sealed class ListRules(RuleBook book)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/rules", (DateOnly? on, string? search, string? area, string? jurisdiction, ListRules slice, RuleBook book, CityCalendar calendar, int page = 1, int size = 20) =>
            {
                var found = slice.Run(on ?? calendar.Today, new RuleFilter(search, area, jurisdiction), new PageRequest(page, size));
                return new Page<RuleRow>([.. found.Items.Select(rule => RuleRow.Of(rule, book.QuestionOf(rule.Question)))], found.Total);
            })
            .RequirePermission(RulesPermissions.View).Scoped(ScopedBy.Everybody).WithTags("Rules").WithSummary("The rules in force on a day (today when left out); search, area and jurisdiction narrow the list");

    public Page<Rule> Run(DateOnly on, RuleFilter filter, PageRequest request)
    {
        var found = All(on, filter);
        return new Page<Rule>([.. found.Skip(request.Skip).Take(request.Take)], found.Count);
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<Rule> All(DateOnly day, RuleFilter filter)
    {
        var areas = book.Areas.Select((area, place) => (area.Key, place)).ToDictionary(area => area.Key, area => area.place, StringComparer.Ordinal);
        var questions = book.Questions.Select((question, place) => (question.Key, place)).ToDictionary(question => question.Key, question => question.place, StringComparer.Ordinal);
        return
        [
            .. from rule in book.InForceOn(day)
               let question = book.QuestionOf(rule.Question)
               where filter.Takes(rule, question)
               orderby areas[question.Area], questions[question.Key], Jurisdiction.RankOf(rule.Jurisdiction), rule.Id
               select rule,
        ];
    }
}
