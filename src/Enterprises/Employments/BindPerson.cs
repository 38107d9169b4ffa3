using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.People;
using Anlan.Enterprises.Registry;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Enterprises.Employments;

/// <summary>Binds a person to an enterprise. Somebody bound elsewhere is outside the scope of others and is bound by identity number (<see cref="EnrolPerson"/>).</summary>
internal sealed class BindPerson(EnterprisesDb db, EnterpriseIndex enterprises, EmploymentIndex employments, PersonScope people, CurrentScope scope, CityCalendar calendar)
{
    public sealed record Request(Guid Person, Guid Enterprise, BindingKind Kind, DateOnly? From, DateOnly? To);

    public sealed record Bound(Guid Id);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/employments", (Request request, BindPerson slice, CancellationToken stop) => slice.RunAsync(request, stop).ToHttpAsync())
            .RequirePermission(EnterprisesPermissions.EditPeople).Produces<Bound>().Scoped(ScopedBy.Records).WithTags("Enterprises").WithSummary("Bind a person to an enterprise");

    /// <param name="request">A missing first day is today.</param>
    /// <param name="stop">Stops.</param>
    public async Task<Outcome<Bound>> RunAsync(Request request, CancellationToken stop)
    {
        var (person, enterpriseId) = (new PersonId(request.Person), new EnterpriseId(request.Enterprise));
        if (!people.IsWithin(person, scope.Now)) return new Refusal("PersonUnknown");
        if (!enterprises.IsWithin(enterpriseId, scope.Now) || enterprises.Entry(enterpriseId) is not { } enterprise) return new Refusal("EnterpriseUnknown");

        var from = request.From ?? calendar.Today;
        var refusals = EmploymentRules.Check(enterprise, request.Kind, from, request.To, employments.Of(person), employments.Of(enterpriseId));
        if (refusals.Count > 0) return Outcome<Bound>.Refused(refusals);
        var employment = Add(db, person, enterpriseId, request.Kind, from, request.To, calendar);
        return await db.Context.TrySaveAsync(stop) ? new Bound(employment.Id) : Refusal.OfField("from", "BindingOverlaps") with { Measured = FactValue.Of(from) };
    }

    internal static Employment Add(EnterprisesDb db, PersonId person, EnterpriseId enterprise, BindingKind kind, DateOnly from, DateOnly? to, CityCalendar calendar)
    {
        var employment = Make(Guid.CreateVersion7(), person, enterprise, kind, from, to, calendar);
        db.Employments.Add(employment);
        db.Context.Audit("enterprises.person.bound", $"person/{person.Value}", new { employment = employment.Id, enterprise = enterprise.Value, kind = kind.ToString(), from, to });
        return employment;
    }

    internal static Employment Make(Guid id, PersonId person, EnterpriseId enterprise, BindingKind kind, DateOnly from, DateOnly? to, CityCalendar calendar) => new()
    {
        Id = id,
        Person = person,
        Enterprise = enterprise,
        Kind = kind,
        From = from,
        To = to,
        BoundAt = calendar.Now,
        // Entered for the record only, when it is over already.
        EndToldAt = to < calendar.Today ? calendar.Now : null,
    };
}
