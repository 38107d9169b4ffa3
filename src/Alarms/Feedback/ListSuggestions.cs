using Anlan.Alarms.Desk;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Alarms.Feedback;

/// <summary>What is suggested of sources that were called false again and again: the open ones first, then the newest.</summary>
internal sealed class ListSuggestions(AlarmsDb db, AlarmWords alarmWords, IEnterprises enterprises, IDivisions divisions, IAccountNames accounts, CurrentScope scope, ListFile file, IStringLocalizer<Words> words)
{
    public sealed record Row(
        Guid Id, string Kind, string KindName, string Name, string? EnterpriseName, string? DivisionName, AlarmAdvice Advice, int FalseMarks, DateTimeOffset RaisedAt, SuggestionState State, DateTimeOffset? DecidedAt, string? DecidedBy, string? Reason);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/alarms/suggestions", (string? search, ListSuggestions slice, CancellationToken stop, int page = 1, int size = 20) => slice.RunAsync(new PageRequest(page, size, search), stop))
            .RequirePermission(AlarmsPermissions.View).Scoped(ScopedBy.Records).WithTags("Alarms").WithSummary("What is suggested of sources that were called false again and again; search by the machine's code");
        api.MapGet("/alarms/suggestions/export", (string? search, ListSuggestions slice, CancellationToken stop) => slice.ExportAsync(search, stop))
            .RequirePermission(AlarmsPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).WithTags("Alarms").WithSummary("Export the suggestions");
    }

    public async Task<Page<Row>> RunAsync(PageRequest request, CancellationToken stop)
    {
        var found = db.Suggestions.AsNoTracking().Within(scope.Now);
        if (request.Term is { } term) found = found.Where(suggestion => suggestion.Name.Contains(term));
        var total = await found.CountAsync(stop);
        var rows = await found.OrderBy(suggestion => suggestion.OpenKey == null).ThenByDescending(suggestion => suggestion.RaisedAt).ThenBy(suggestion => suggestion.Id).Skip(request.Skip).Take(request.Take).ToListAsync(stop);
        return new Page<Row>([.. rows.Select(Read)], total);
    }

    private Task<IResult> ExportAsync(string? search, CancellationToken stop) => file.OfAsync("alarm-suggestions", "alarms.exported", page => RunAsync(page with { Search = search }, stop), stop,
        (words["Alarms.Subject"], row => row.Name), (words["Alarms.Kind"], row => row.KindName), (words["Alarms.Enterprise"], row => row.EnterpriseName), (words["Alarms.Place"], row => row.DivisionName), (words["Suggestion.Advice"], row => words["Advice." + row.Advice].Value),
        (words["Suggestion.FalseMarks"], row => row.FalseMarks), (words["Suggestion.RaisedAt"], row => row.RaisedAt), (words["Alarms.State"], row => words["Suggestion." + row.State].Value), (words["Suggestion.DecidedAt"], row => row.DecidedAt), (words["Suggestion.DecidedBy"], row => row.DecidedBy), (words["Suggestion.Reason"], row => row.Reason));

    private Row Read(AlarmSuggestion s) => new(
        s.Id, s.Kind, alarmWords.SayKind(s.Kind), s.Name, s.Enterprise is { } enterprise ? enterprises.Find(enterprise)?.Name : null, s.Division is { } division ? divisions.Find(division)?.Name : null,
        s.Advice, s.FalseMarks, s.RaisedAt, s.State, s.DecidedAt, s.DecidedBy is { } account ? accounts.NameOf(account) : null, s.Reason);
}
