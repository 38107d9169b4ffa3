using Anlan.Kernel.Paging;
using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;

namespace Anlan.Host.Rules;

/// <summary>What begins, is changed and ends in the book within a span of days, the newest first.</summary>
internal sealed class ListRuleChanges(RuleBook book)
{
    /// <param name="Day">First day on which it holds.</param>
    /// <param name="Kind">What happens.</param>
    /// <param name="Before">The version until the day before, or null.</param>
    /// <param name="After">The version from this day on, or null.</param>
    public sealed record Row(DateOnly Day, RuleChangeKind Kind, RuleRow? Before, RuleRow? After);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/rules/changes", (DateOnly? since, DateOnly? until, string? search, string? area, string? jurisdiction, ListRuleChanges slice, CityCalendar calendar, int page = 1, int size = 20) =>
            {
                var last = until ?? calendar.Today;
                var found = slice.Run(since ?? YearBefore(last), last, new RuleFilter(search, area, jurisdiction), new PageRequest(page, size));
                return new Page<Row>([.. found.Items.Select(slice.RowOf)], found.Total);
            })
            .RequirePermission(RulesPermissions.View).Scoped(ScopedBy.Everybody).WithTags("Rules").WithSummary("What changed in the rule book after one day, up to and with another (the last year when left out)");

    public Page<RuleChange> Run(DateOnly since, DateOnly until, RuleFilter filter, PageRequest request)
    {
        var found = book.ChangesBetween(since, until).Where(change => filter.Takes(change.Rule, book.QuestionOf(change.Rule.Question))).Reverse().ToList();
        return new Page<RuleChange>([.. found.Skip(request.Skip).Take(request.Take)], found.Count);
    }

    /// <summary>From where on changes are told when nobody says so.</summary>
    public static DateOnly YearBefore(DateOnly day) => day.Year > 1 ? day.AddYears(-1) : DateOnly.MinValue;

    /// <summary>The days of the last change up to a day and of the next one after it, or null.</summary>
    public (DateOnly? Last, DateOnly? Next) Around(DateOnly day)
    {
        var days = book.ChangesBetween(DateOnly.MinValue, DateOnly.MaxValue).Select(change => (DateOnly?)change.Day).ToList();
        return (days.Where(changed => changed <= day).Max(), days.Where(changed => changed > day).Min());
    }

    private Row RowOf(RuleChange change) => new(change.Day, change.Kind, RowOf(change.Before), RowOf(change.After));

    private RuleRow? RowOf(Rule? rule) => rule is null ? null : RuleRow.Of(rule, book.QuestionOf(rule.Question));
}
