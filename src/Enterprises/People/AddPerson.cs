using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Anlan.Enterprises.People;

/// <summary>Enters a person who is bound to nobody yet.</summary>
internal sealed class AddPerson(EnterprisesDb db, PersonIndex people, PersonSeal seal, CurrentScope scope, CityCalendar calendar, IOptions<EnterprisesOptions> options)
{
    public sealed record Request(string? Name, string? IdentityNumber, string? Phone);

    public sealed record Added(Guid Id);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/people", (Request request, AddPerson slice, CancellationToken stop) => slice.RunAsync(request, stop).ToHttpAsync())
            .RequirePermission(EnterprisesPermissions.EditPeople).Produces<Added>().Scoped(ScopedBy.Records).WithTags("Enterprises").WithSummary("Enter a person");

    public async Task<Outcome<Added>> RunAsync(Request request, CancellationToken stop)
    {
        var fields = PersonFields.Normalised(request.Name, request.IdentityNumber, request.Phone);
        if (fields.Check(calendar.Today, options.Value.AllowSyntheticIdentities) is { Count: > 0 } refusals) return Outcome<Added>.Refused(refusals);
        if (people.FindByIdentityNumber(fields.IdentityNumber) is not null) return Taken;

        var person = seal.Make(fields, scope.Now, calendar.Now);
        db.People.Add(person);
        db.Context.Audit("enterprises.person.entered", $"person/{person.Id.Value}");
        return await db.Context.TrySaveAsync(stop) ? new Added(person.Id.Value) : Taken;
    }

    private static Refusal Taken => Refusal.OfField("identityNumber", "IdentityNumberTaken");
}
