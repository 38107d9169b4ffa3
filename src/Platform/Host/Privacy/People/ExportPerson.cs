using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Privacy.People;

/// <summary>Everything that the installation keeps of one person, as an archive that the person can read (personal information protection law, article 45). On record before it is made.</summary>
internal sealed class ExportPerson(AnlanDb db, IPeople people, IEnumerable<IPersonRecords> records, CurrentScope scope, PeopleSeen seen, CityCalendar calendar, IStringLocalizer<Words> words)
{
    /// <param name="Reason">Why, for example the person's own request.</param>
    public sealed record Request(string? Reason);

    /// <summary>The archive.</summary>
    public sealed record Exported(string Name, byte[] Content);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/people/{person:guid}/file", async (Guid person, Request request, ExportPerson slice, HttpResponse response, CancellationToken stop) =>
            {
                response.Headers.CacheControl = "no-store";
                var outcome = await slice.RunAsync(person, request, stop);
                return outcome.IsDone ? Results.File(outcome.Value.Content, "application/zip", outcome.Value.Name) : OutcomeResults.ToProblem(outcome.Refusals);
            })
            .RequirePermission(PrivacyPermissions.ExportPeople).Produces(StatusCodes.Status200OK, contentType: "application/zip").ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Privacy")
            .WithSummary("Everything kept of one person as an archive (JSON, CSV, a page to read); recorded with the reason");

    public async Task<Outcome<Exported>> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        if (Reason.Check(request.Reason) is { } wrong) return wrong;
        var person = new PersonId(id);
        if (!people.IsWithin(person, scope.Now)) return new Refusal("PersonUnknown");
        seen.AddUnmasked(PersonViews.File, PersonViews.File.Fields, id, request.Reason!.Trim());
        await seen.RecordAsync();
        db.Audit("privacy.person.exported", $"person/{id}", new { reason = request.Reason!.Trim() });
        await db.SaveAsync(stop);

        List<PersonSection> sections = [];
        foreach (var module in records) sections.AddRange(await module.CollectAsync(person, stop));
        return new Exported($"person-{calendar.Today:yyyy-MM-dd}.zip", PersonArchive.Make(sections, calendar.Local(calendar.Now), words));
    }
}
