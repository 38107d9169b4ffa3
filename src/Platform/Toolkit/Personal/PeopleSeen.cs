using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Personal;

/// <summary>
/// Whom the answer of this request or page action shows. Slices tell it; the edge records it before the answer leaves. What somebody sees of
/// themselves is not recorded.
/// </summary>
public sealed class PeopleSeen(CurrentActor current, AccessLog log)
{
    private readonly List<Look> _looks = [];

    /// <summary>The answer shows these people, masked.</summary>
    public void Add(PersonalView view, params IEnumerable<Guid> people) => Add(view, view.Fields, people, null);

    /// <summary>The answer shows a person in full.</summary>
    /// <param name="view">Where.</param>
    /// <param name="fields">Which fields.</param>
    /// <param name="person">Whom.</param>
    /// <param name="reason">Why.</param>
    public void AddUnmasked(PersonalView view, PersonalField fields, Guid person, string reason) => Add(view, fields, [person], reason);

    /// <summary>Puts what was told so far on record.</summary>
    /// <param name="isDeclared">False when whatever answers did not declare that it shows people.</param>
    /// <exception cref="InvalidOperationException">People are shown by what did not declare it: a bug.</exception>
    public async Task RecordAsync(bool isDeclared = true)
    {
        if (_looks.Count == 0) return;
        if (!isDeclared) throw new InvalidOperationException($"{_looks[0].View.Key} shows people, but whoever answers does not declare it.");
        foreach (var look in _looks) await log.RecordAsync(look);
        _looks.Clear();
    }

    private void Add(PersonalView view, PersonalField fields, IEnumerable<Guid> people, string? reason)
    {
        var actor = current.Actor;
        var others = people.Where(person => person != actor.Person).ToHashSet();
        if (others.Count > 0) _looks.Add(new Look(actor, view, fields, others, reason));
    }
}

/// <summary>The edge of the API.</summary>
public static class PeopleSeenRoutes
{
    /// <summary>Records whom the routes of a group show, before the answer leaves.</summary>
    public static RouteGroupBuilder RecordPeopleSeen(this RouteGroupBuilder routes)
    {
        routes.AddEndpointFilter(async (call, next) =>
        {
            var answer = await next(call);
            var isDeclared = call.HttpContext.GetEndpoint()?.Metadata.GetMetadata<ShowsPeopleAttribute>() is not null;
            await call.HttpContext.RequestServices.GetRequiredService<PeopleSeen>().RecordAsync(isDeclared);
            return answer;
        });
        return routes;
    }
}
