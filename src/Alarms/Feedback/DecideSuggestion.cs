using Anlan.Alarms.Board;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Alarms.Feedback;

/// <summary>A person accepts a suggestion and says what will be done, or refuses it and says why.</summary>
internal sealed class DecideSuggestion(AlarmsDb db, CurrentScope scope, CurrentActor current, TimeProvider clock)
{
    /// <param name="Reason">What will be done, or why nothing.</param>
    internal sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder api)
    {
        Map(api, "accept", SuggestionState.Accepted, "Accept a suggestion and say what will be done");
        Map(api, "refuse", SuggestionState.Refused, "Refuse a suggestion and say why");
    }

    /// <summary>Refused with <c>SuggestionUnknown</c>, <c>AlarmNoteMissing</c>, <c>SuggestionDecided</c> (how) and <c>ChangedMeanwhile</c>.</summary>
    public async Task<Outcome> RunAsync(Guid id, SuggestionState state, Request request, CancellationToken stop)
    {
        if (await db.Suggestions.Within(scope.Now).SingleOrDefaultAsync(suggestion => suggestion.Id == id, stop) is not { } suggestion) return Outcome.Refused("SuggestionUnknown");
        if (suggestion.State != SuggestionState.Open) return Outcome.Refused(new Refusal("SuggestionDecided") { Measured = FactValue.Word("Suggestion." + suggestion.State) });
        var reason = request.Reason?.Trim() ?? "";
        if (AlarmRule.CheckNote("reason", reason, isNeeded: true) is { } fault) return Outcome.Refused(fault);
        (suggestion.State, suggestion.OpenKey, suggestion.DecidedAt, suggestion.DecidedBy, suggestion.Reason) = (state, null, clock.GetUtcNow(), current.Actor.Account, reason);
        db.Context.Audit(state == SuggestionState.Accepted ? "alarms.suggestion.accepted" : "alarms.suggestion.refused", $"suggestion/{id}", new { suggestion.Kind, suggestion.Subject, reason });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }

    private static void Map(IEndpointRouteBuilder api, string verb, SuggestionState state, string summary) =>
        api.MapPost("/alarms/suggestions/{alarmSuggestion:guid}/" + verb, (Guid alarmSuggestion, Request request, DecideSuggestion slice, CancellationToken stop) => slice.RunAsync(alarmSuggestion, state, request, stop).ToHttpAsync())
            .RequirePermission(AlarmsPermissions.Handle).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Alarms").WithSummary(summary);
}
