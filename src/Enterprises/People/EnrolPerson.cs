using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.Employments;
using Anlan.Enterprises.Registry;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Anlan.Enterprises.People;

/// <summary>
/// Enters a person and binds them to an enterprise in one save. Somebody who is known already is bound as they are, if name and identity
/// number both agree: who can give both has the person's card in hand, and mobile welders work for many.
/// </summary>
internal sealed class EnrolPerson(
    EnterprisesDb db, PersonIndex people, PersonSeal seal, EnterpriseIndex enterprises, EmploymentIndex employments, CurrentScope scope, CityCalendar calendar, IOptions<EnterprisesOptions> options)
{
    public sealed record Request(string? Name, string? IdentityNumber, string? Phone, BindingKind Kind, DateOnly? From, DateOnly? To);

    /// <param name="Person">The person.</param>
    /// <param name="Employment">The new binding.</param>
    /// <param name="WasKnown">True when the person had been entered before.</param>
    public sealed record Enrolled(Guid Person, Guid Employment, bool WasKnown);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/enterprises/{enterprise:guid}/people", (Guid enterprise, Request request, EnrolPerson slice, CancellationToken stop) => slice.RunAsync(enterprise, request, stop).ToHttpAsync())
            .RequirePermission(EnterprisesPermissions.EditPeople).Produces<Enrolled>().Scoped(ScopedBy.Records).WithTags("Enterprises").WithSummary("Enter a person and bind them in one go");

    public async Task<Outcome<Enrolled>> RunAsync(Guid enterpriseId, Request request, CancellationToken stop)
    {
        var id = new EnterpriseId(enterpriseId);
        if (!enterprises.IsWithin(id, scope.Now) || enterprises.Entry(id) is not { } enterprise) return Refusal.OfField("enterprise", "EnterpriseUnknown");
        var fields = PersonFields.Normalised(request.Name, request.IdentityNumber, request.Phone);
        var from = request.From ?? calendar.Today;
        var known = people.FindByIdentityNumber(fields.IdentityNumber);
        List<Refusal> refusals =
        [
            .. fields.Check(calendar.Today, options.Value.AllowSyntheticIdentities),
            .. EmploymentRules.Check(enterprise, request.Kind, from, request.To, known is null ? [] : employments.Of(known.Id), employments.Of(id)),
        ];
        if (known is not null && !seal.NameIndexesOf(fields.Name).Contains(known.NameIndex)) refusals.Insert(0, Refusal.OfField("identityNumber", "IdentityNumberOfAnother"));
        if (refusals.Count > 0) return Outcome<Enrolled>.Refused(refusals);

        var person = known?.Id ?? Enter(fields);
        var employment = BindPerson.Add(db, person, id, request.Kind, from, request.To, calendar);
        return await db.Context.TrySaveAsync(stop) ? new Enrolled(person.Value, employment.Id, known is not null) : new Refusal("ChangedMeanwhile");
    }

    private PersonId Enter(PersonFields fields)
    {
        var person = seal.Make(fields, scope.Now, calendar.Now);
        db.People.Add(person);
        db.Context.Audit("enterprises.person.entered", $"person/{person.Id.Value}");
        return person.Id;
    }
}
