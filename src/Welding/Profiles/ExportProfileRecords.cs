using System.Globalization;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Welding.Profiles;

/// <summary>The records behind a dimension or a deduction as a file, in the reader's language; who took it is on record.</summary>
internal sealed class ExportProfileRecords(WeldingDb db, FindSubject find, ProfileRecords records, ListProfileRecords list, PeopleSeen seen, CityCalendar calendar, IStringLocalizer<Words> words)
{
    private const int Most = 50_000;
    private static readonly string[] Columns = ["Kind", "Machine", "Person", "At", "Until", "Findings"];

    public static void Map(IEndpointRouteBuilder api)
    {
        Describe(api.MapGet("/enterprises/{enterprise:guid}/profile/records/export", (Guid enterprise, string? finding, ExportProfileRecords slice, CancellationToken stop, string dimension = Dimensions.Machines) => slice.RunAsync(ProfileSubject.Enterprise, enterprise, dimension, finding, stop)));
        Describe(api.MapGet("/people/{person:guid}/profile/records/export", (Guid person, string? finding, ExportProfileRecords slice, CancellationToken stop, string dimension = Dimensions.Certificates) => slice.RunAsync(ProfileSubject.Welder, person, dimension, finding, stop)));
        Describe(api.MapGet("/machines/{code}/profile/records/export", (string code, string? finding, ExportProfileRecords slice, FindSubject subjects, CancellationToken stop, string dimension = Dimensions.Machines) => slice.RunAsync(ProfileSubject.Machine, subjects.MachineOf(code), dimension, finding, stop)));
    }

    private static void Describe(RouteHandlerBuilder route) =>
        route.RequirePermission(WeldingPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Profiles").WithSummary("Export the records behind a dimension of a profile");

    public async Task<IResult> RunAsync(ProfileSubject subject, Guid id, string dimension, string? finding, CancellationToken stop)
    {
        if (find.Find(subject, id) is null) return OutcomeResults.ToProblem([new Refusal("ProfileUnknown")]);
        var (found, total) = await records.ReadAsync(subject, id, dimension, finding, 0, Most, stop);
        db.Context.Audit("welding.profile.exported", $"{Concerned(subject)}/{id}", new { dimension, finding, rows = total });
        await db.Context.SaveAsync(stop);
        seen.Add(WelderViews.ProfileExport, found.Select(record => record.Person?.Value).OfType<Guid>());
        return CsvFile.Of($"profile-{dimension}-{calendar.Today:yyyy-MM-dd}", [.. Columns.Select(column => words["Csv.Profile." + column].Value)], found.Select(list.Read).Select(Cells));
    }

    private static string Concerned(ProfileSubject subject) => subject switch { ProfileSubject.Enterprise => "enterprise", ProfileSubject.Welder => "person", _ => "machine" };

    private IReadOnlyList<string?> Cells(ProfileRow row) =>
    [
        words["Record." + row.Kind], row.Machine, row.PersonName, row.At is { } at ? calendar.Local(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : null,
        row.Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), string.Join("; ", row.Findings.Select(finding => words["Finding." + finding].Value)),
    ];
}
