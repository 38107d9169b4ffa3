using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Enterprises.Employments;

/// <summary>Employments as a file, names masked like in the list; who took it is on record.</summary>
internal sealed class ExportEmployments(EnterprisesDb db, ListEmployments list, IStringLocalizer<Words> words, CityCalendar calendar)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/employments/export", (Guid? person, Guid? enterprise, bool? inForce, ExportEmployments slice, CancellationToken stop) => slice.RunAsync(person, enterprise, inForce, stop))
            .RequirePermission(EnterprisesPermissions.ViewPeople).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).ShowsPeople().WithTags("Enterprises").WithSummary("Export employments; names masked");

    public async Task<IResult> RunAsync(Guid? person, Guid? enterprise, bool? inForce, CancellationToken stop)
    {
        var rows = list.All(person, enterprise, inForce);
        db.Context.Audit("enterprises.employments.exported", "employments", new { rows = rows.Count });
        await db.Context.SaveAsync(stop);
        return CsvFile.Of(
            $"employments-{calendar.Today.Day()}",
            [words["Field.PersonName"], words["Field.Enterprise"], words["Field.Binding"], words["Field.From"], words["Field.To"], words["Field.State"]],
            rows.Select(r => (IReadOnlyList<string?>)[r.PersonName, r.EnterpriseName, words["Binding." + r.Kind], r.From.Day(), r.To?.Day(), words[r.IsInForce ? "State.Active" : "Employments.Over"]]));
    }
}
