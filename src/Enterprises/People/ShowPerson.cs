using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.Employments;
using Anlan.Enterprises.Registry;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Enterprises.People;

/// <summary>One person, masked, with the employments within scope, past ones too.</summary>
internal sealed class ShowPerson(EnterprisesDb db, EmploymentIndex employments, EnterpriseIndex enterprises, PersonSeal seal, PersonScope people, CurrentScope scope, PeopleSeen seen, CityCalendar calendar)
{
    public sealed record Shown(Guid Id, string Name, string IdentityNumber, string? Phone, DateTimeOffset RegisteredAt, IReadOnlyList<ShownEmployment> Employments);

    /// <param name="IsInForce">In force today.</param>
    /// <param name="EndReason">Why somebody ended it, or null when it ran or runs out by itself.</param>
    public sealed record ShownEmployment(Guid Id, Guid Enterprise, string EnterpriseName, BindingKind Kind, DateOnly From, DateOnly? To, bool IsInForce, string? EndReason)
    {
        /// <summary>Ended on its first day: in force on no day.</summary>
        public bool IsVoid => To < From;
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/people/{person:guid}", (Guid person, ShowPerson slice, CancellationToken stop) => slice.RunAsync(person, stop).ToHttpAsync())
            .RequirePermission(EnterprisesPermissions.ViewPeople).Produces<Shown>().Scoped(ScopedBy.Records).ShowsPeople().WithTags("Enterprises").WithSummary("Show a person, masked");

    public async Task<Outcome<Shown>> RunAsync(Guid id, CancellationToken stop)
    {
        var personId = new PersonId(id);
        if (!people.Covers(personId, scope.Now) || await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == personId, stop) is not { } person) return new Refusal("PersonUnknown");
        var plain = seal.Open(person);
        seen.Add(PeopleViews.One, id);
        var shown = employments.Of(personId).Where(e => enterprises.IsWithin(e.Enterprise, scope.Now)).OrderByDescending(e => e.From).ThenByDescending(e => e.Id)
            .Select(e => new ShownEmployment(e.Id, e.Enterprise.Value, enterprises.Find(e.Enterprise)?.Name ?? "", e.Kind, e.From, e.To, e.IsInForceOn(calendar.Today), e.EndReason));
        return new Shown(id, Masks.Name(plain.Name), Masks.IdentityNumber(plain.IdentityNumber), plain.Phone is null ? null : Masks.Phone(plain.Phone), person.RegisteredAt, [.. shown]);
    }
}
