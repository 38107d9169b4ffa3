using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Enterprises.People;

/// <summary>Shows a person's full name and numbers to somebody who gives a reason. The look is on record before the answer leaves.</summary>
internal sealed class RevealPerson(EnterprisesDb db, PersonSeal seal, PersonScope people, CurrentScope scope)
{
    public sealed record Request(string? Reason);

    public sealed record Revealed(string Name, string IdentityNumber, string? Phone);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/people/{person:guid}/reveal", (Guid person, Request request, RevealPerson slice, HttpResponse response, CancellationToken stop) =>
            {
                response.Headers.CacheControl = "no-store";
                return slice.RunAsync(person, request, stop).ToHttpAsync();
            })
            .RequirePermission(EnterprisesPermissions.RevealPeople).Produces<Revealed>().Scoped(ScopedBy.Records).WithTags("Enterprises").WithSummary("Show a person unmasked; recorded with the reason");

    public async Task<Outcome<Revealed>> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        if (Reason.Check(request.Reason) is { } wrong) return wrong;
        var personId = new PersonId(id);
        if (!people.Covers(personId, scope.Now) || await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == personId, stop) is not { } person) return new Refusal("PersonUnknown");

        db.Context.Audit("enterprises.person.revealed", $"person/{id}", new { reason = request.Reason!.Trim() });
        await db.Context.SaveAsync(stop);
        var plain = seal.Open(person);
        return new Revealed(plain.Name, plain.IdentityNumber, plain.Phone);
    }
}
