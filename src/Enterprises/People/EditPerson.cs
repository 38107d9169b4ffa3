using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Enterprises.People;

/// <summary>Corrects a person's name or telephone. The identity number is the person: a wrong one is another person.</summary>
internal sealed class EditPerson(EnterprisesDb db, PersonSeal seal, PersonScope people, CurrentScope scope, CityCalendar calendar)
{
    /// <param name="Name">New name, or null to keep it.</param>
    /// <param name="Phone">New telephone; empty removes it, null keeps it.</param>
    public sealed record Request(string? Name, string? Phone);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/people/{person:guid}", (Guid person, Request request, EditPerson slice, CancellationToken stop) => slice.RunAsync(person, request, stop).ToHttpAsync())
            .RequirePermission(EnterprisesPermissions.EditPeople).Produces(StatusCodes.Status204NoContent).Scoped(ScopedBy.Records).WithTags("Enterprises").WithSummary("Correct a person's name or telephone");

    public async Task<Outcome> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        var personId = new PersonId(id);
        if (!people.Covers(personId, scope.Now) || await db.People.SingleOrDefaultAsync(p => p.Id == personId, stop) is not { } person) return Outcome.Refused("PersonUnknown");
        var (name, phone) = (request.Name is null ? null : PersonFields.NormaliseName(request.Name), PersonFields.NormalisePhone(request.Phone));
        List<Refusal> refusals = [.. new[] { name is null ? null : PersonFields.CheckName(name), PersonFields.CheckPhone(phone) }.OfType<Refusal>()];
        if (refusals.Count > 0) return Outcome.Refused(refusals);

        var before = seal.Open(person);
        var isRenamed = name is not null && name != before.Name;
        if (isRenamed) Rename(db, seal, person, before.Name, name!, calendar.Now);

        var isPhoneChanged = request.Phone is not null && phone != before.Phone;
        if (isPhoneChanged) person.Phone = seal.SealPhone(personId, phone);
        if (!isRenamed && !isPhoneChanged) return Outcome.Done;
        db.Context.Audit("enterprises.person.edited", $"person/{id}", new { name = isRenamed, phone = isPhoneChanged });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }

    // Commitments of older log entries were made over the old name: without it they could no longer be checked.
    internal static void Rename(EnterprisesDb db, PersonSeal seal, Person person, string before, string after, DateTimeOffset at)
    {
        db.FormerNames.Add(new FormerName { Id = Guid.CreateVersion7(), Person = person.Id, Name = seal.SealName(person.Id, before), Until = at });
        person.Name = seal.SealName(person.Id, after);
        person.NameIndex = seal.NameIndexOf(after);
    }
}
