using Anlan.Contracts.Enterprises;
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

namespace Anlan.Enterprises.People;

/// <summary>The list of people as a file, masked like the list; who took it is on record.</summary>
internal sealed class ExportPeople(EnterprisesDb db, ListPeople list, IStringLocalizer<Words> words, CityCalendar calendar)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/people/export", async (string? search, string? sort, Guid? enterprise, string? kind, bool? bound, ExportPeople slice, CancellationToken stop) =>
                EnumQuery.TryRead<BindingKind>(kind, out var wanted)
                    ? await slice.RunAsync(new PageRequest(1, 1, search, sort), new ListPeople.Filter(enterprise, wanted, bound), stop)
                    : EnumQuery.NoSuchWord("kind", kind))
            .RequirePermission(EnterprisesPermissions.ViewPeople).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).ShowsPeople().WithTags("Enterprises").WithSummary("Export the list of people, masked");

    public async Task<IResult> RunAsync(PageRequest request, ListPeople.Filter filter, CancellationToken stop)
    {
        var rows = await list.AllAsync(request, filter, stop);
        db.Context.Audit("enterprises.people.exported", "people", new { rows = rows.Count });
        await db.Context.SaveAsync(stop);
        return CsvFile.Of(
            $"people-{calendar.Today.Day()}",
            [words["Field.PersonName"], words["Field.IdentityNumber"], words["Field.Phone"], words["Field.Enterprise"], words["Field.Binding"], words["Field.From"], words["Field.To"]],
            rows.SelectMany(r => r.Bindings.DefaultIfEmpty(), (r, b) => (IReadOnlyList<string?>)
                [r.Name, r.IdentityNumber, r.Phone, b?.EnterpriseName, b is null ? null : words["Binding." + b.Kind].Value, b?.From.Day(), b?.To?.Day()]));
    }
}
