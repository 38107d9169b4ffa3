using System.Globalization;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Enterprises.Registry;

/// <summary>The list of enterprises as a file, in the reader's language; who took it is on record.</summary>
internal sealed class ExportEnterprises(EnterprisesDb db, ListEnterprises list, IStringLocalizer<Words> words, CityCalendar calendar)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/enterprises/export", async (string? search, string? sort, string? division, string? kind, bool? active, ExportEnterprises slice, CancellationToken stop) =>
                EnumQuery.TryRead<EnterpriseKind>(kind, out var wanted)
                    ? await slice.RunAsync(new PageRequest(1, 1, search, sort), new ListEnterprises.Filter(division, wanted, active), stop)
                    : EnumQuery.NoSuchWord("kind", kind))
            .RequirePermission(EnterprisesPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).WithTags("Enterprises").WithSummary("Export the list of enterprises");

    public async Task<IResult> RunAsync(PageRequest request, ListEnterprises.Filter filter, CancellationToken stop)
    {
        var rows = await list.AllAsync(request, filter, stop);
        db.Context.Audit("enterprises.enterprises.exported", "enterprises", new { rows = rows.Count });
        await db.Context.SaveAsync(stop);
        return CsvFile.Of(
            $"enterprises-{calendar.Today.Day()}",
            [words["Field.EnterpriseName"], words["Field.CreditCode"], words["Field.Kind"], words["Field.DivisionCode"], words["Field.Division"], words["Field.Address"], words["Enterprises.People"], words["Field.State"]],
            rows.Select(r => (IReadOnlyList<string?>)
                [r.Name, r.CreditCode, words["Kind." + r.Kind], r.Division, r.DivisionName, r.Address, r.People.ToString(CultureInfo.InvariantCulture), words[r.IsActive ? "State.Active" : "State.Closed"]]));
    }
}
