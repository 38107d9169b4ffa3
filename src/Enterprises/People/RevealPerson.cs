using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Enterprises.People;

/// <summary>Shows a person's full name, identity number or telephone to somebody who gives a reason. The look is on record before the field is opened.</summary>
internal sealed class RevealPerson(EnterprisesDb db, PersonSeal seal, PersonScope people, CurrentScope scope, PeopleSeen seen)
{
    /// <summary>The fields that can be asked for, by their names in a request.</summary>
    private static readonly Dictionary<string, PersonalField> Known = new(StringComparer.Ordinal)
    {
        ["name"] = PersonalField.Name,
        ["identityNumber"] = PersonalField.IdentityNumber,
        ["phone"] = PersonalField.Phone,
    };

    /// <param name="Reason">Why.</param>
    /// <param name="Fields">Any of <c>name</c>, <c>identityNumber</c>, <c>phone</c>: only what is needed.</param>
    public sealed record Request(string? Reason, IReadOnlyList<string>? Fields);

    /// <summary>What was asked for; the rest is null.</summary>
    public sealed record Revealed(string? Name, string? IdentityNumber, string? Phone);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/people/{person:guid}/reveal", (Guid person, Request request, RevealPerson slice, HttpResponse response, CancellationToken stop) =>
            {
                response.Headers.CacheControl = "no-store";
                return slice.RunAsync(person, request, stop).ToHttpAsync();
            })
            .RequirePermission(EnterprisesPermissions.RevealPeople).Produces<Revealed>().Scoped(ScopedBy.Records).ShowsPeople().WithTags("Enterprises").WithSummary("Show fields of a person unmasked; recorded with the reason");

    public async Task<Outcome<Revealed>> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        if (Reason.Check(request.Reason) is { } wrong) return wrong;
        if (request.Fields is not { Count: > 0 } asked) return Refusal.OfField("fields", "FieldsMissing");
        if (asked.FirstOrDefault(name => !Known.ContainsKey(name)) is not null) return Refusal.OfField("fields", "FieldsMissing");
        var personId = new PersonId(id);
        if (!people.Covers(personId, scope.Now) || await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == personId, stop) is not { } person) return new Refusal("PersonUnknown");

        var fields = asked.Aggregate(PersonalField.None, (all, name) => all | Known[name]);
        seen.AddUnmasked(PeopleViews.Unmasked, fields, id, request.Reason!.Trim());
        await seen.RecordAsync();
        var plain = seal.Open(person);
        return new Revealed(
            fields.HasFlag(PersonalField.Name) ? plain.Name : null, fields.HasFlag(PersonalField.IdentityNumber) ? plain.IdentityNumber : null, fields.HasFlag(PersonalField.Phone) ? plain.Phone : null);
    }
}
