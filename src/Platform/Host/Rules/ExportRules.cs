using System.Globalization;
using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Rules;

/// <summary>The rules in force on a day as a file, as filtered, in the reader's language.</summary>
internal sealed class ExportRules(RuleBook book, ListRules list, CityCalendar calendar, IStringLocalizer<Words> words)
{
    private static readonly string[] Columns = ["Area", "Question", "Id", "Title", "Limit", "Source", "Clause", "Jurisdiction", "AppliesTo", "JudgedOn", "From", "To", "Unconfirmed", "Note"];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/rules/export", (DateOnly? on, string? search, string? area, string? jurisdiction, ExportRules slice) => slice.Run(on, new RuleFilter(search, area, jurisdiction)))
            .RequirePermission(RulesPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Everybody).WithTags("Rules").WithSummary("Export the rules in force on a day");

    public IResult Run(DateOnly? on, RuleFilter filter)
    {
        var day = on ?? calendar.Today;
        return CsvFile.Of($"rules-{Text(day)}", [.. Columns.Select(column => words["Rules.Column." + column].Value)], list.All(day, filter).Select(Cells));
    }

    private IReadOnlyList<string?> Cells(Rule rule)
    {
        var question = book.QuestionOf(rule.Question);
        return
        [
            book.Areas.First(area => area.Key == question.Area).Title(), question.Title(), rule.Id, rule.Title(), rule.Limit(question), rule.Source(), rule.Clause(), book.JurisdictionOf(rule.Jurisdiction).Name(),
            words.Subjects(rule), words.JudgedOn(rule), Text(rule.From), rule.To is { } last ? Text(last) : null, rule.IsUnconfirmed ? words["Rules.Yes"].Value : null, rule.Note(),
        ];
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
