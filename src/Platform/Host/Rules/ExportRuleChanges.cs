using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Rules;

/// <summary>What begins, is changed and ends in the book within a span of days, as a file in the reader's language.</summary>
internal sealed class ExportRuleChanges(ListRuleChanges list, RuleBook book, CityCalendar calendar, ListFile file, IStringLocalizer<Words> words)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/rules/changes/export", (DateOnly? since, DateOnly? until, string? search, string? area, string? jurisdiction, ExportRuleChanges slice, CancellationToken stop) => slice.RunAsync(since, until, search, area, jurisdiction, stop))
            .RequirePermission(RulesPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Everybody).WithTags("Rules").WithSummary("Export what changed in the rule book after one day, up to and with another");

    public Task<IResult> RunAsync(DateOnly? since, DateOnly? until, string? search, string? area, string? jurisdiction, CancellationToken stop)
    {
        var last = until ?? calendar.Today;
        return file.OfAsync(
            "rule-changes", "rules.changes.exported", page => Task.FromResult(list.Run(since ?? ListRuleChanges.YearBefore(last), last, new RuleFilter(search, area, jurisdiction), page)), stop,
            (words["Rules.Column.Day"], change => change.Day),
            (words["Rules.Column.Change"], change => words["Rules.Change." + change.Kind]),
            (words["Rules.Column.Title"], change => change.Rule.Title()),
            (words["Rules.Column.Limit"], change => change.Limits(book.QuestionOf(change.Rule.Question))),
            (words["Rules.Column.Source"], change => change.Rule.Source()),
            (words["Rules.Column.Clause"], change => change.Rule.Clause()),
            (words["Rules.Column.Jurisdiction"], change => book.JurisdictionOf(change.Rule.Jurisdiction).Name()));
    }
}
