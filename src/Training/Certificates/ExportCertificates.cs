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

namespace Anlan.Training.Certificates;

/// <summary>The list of certificates as a file, masked like the list; who took it is on record.</summary>
internal sealed class ExportCertificates(TrainingDb db, ListCertificates list, IStringLocalizer<Words> words, CityCalendar calendar)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/certificates/export", async (string? search, string? sort, Guid? person, Guid? enterprise, string? category, string? subItem, string? status, string? division, DateOnly? endsFrom, DateOnly? endsTo, ExportCertificates slice, CancellationToken stop) =>
                EnumQuery.TryRead<CertificateStatus>(status, out var wanted)
                    ? await slice.RunAsync(new PageRequest(1, 1, search, sort), new ListCertificates.Filter(person, enterprise, category, subItem, wanted, division, endsFrom, endsTo), stop)
                    : EnumQuery.NoSuchWord("status", status))
            .RequirePermission(TrainingPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).ShowsPeople().WithTags("Training").WithSummary("Export the list of certificates, masked");

    public async Task<IResult> RunAsync(PageRequest request, ListCertificates.Filter filter, CancellationToken stop)
    {
        var rows = await list.AllAsync(request, filter, stop);
        db.Context.Audit("training.certificates.exported", "certificates", new { rows = rows.Count });
        await db.Context.SaveAsync(stop);
        return CsvFile.Of(
            $"certificates-{calendar.Today.Day()}",
            [words["Field.Number"], words["Field.Holder"], words["Field.Category"], words["Field.SubItem"], words["Field.IssuedOn"], words["Field.ReviewDueOn"], words["Field.ReviewedOn"], words["Field.ExpiresOn"],
                words["Field.Authority"], words["Field.Status"]],
            rows.Select(r => (IReadOnlyList<string?>)
                [r.Number, r.PersonName, words["Category." + r.Category].Value, words["SubItem." + r.SubItem].Value, r.IssuedOn.Day(), r.ReviewDueOn?.Day(), r.ReviewedOn?.Day(), r.ExpiresOn.Day(),
                    r.Authority, words["Status." + r.Status].Value]));
    }
}
