using System.Globalization;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Mqtt;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Devices.Registry;

/// <summary>What the broker did not take as a file, for the firmware's engineer; who took it is on record.</summary>
internal sealed class ExportRejected(DevicesDb db, ListRejected list, CityCalendar calendar, IStringLocalizer<Words> words)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/chips/rejected/export", async (string? search, string? kind, ExportRejected slice, CancellationToken stop) =>
                EnumQuery.TryRead<RejectionKind>(kind, out var wanted) ? await slice.RunAsync(search, wanted, stop) : EnumQuery.NoSuchWord("kind", kind))
            .RequirePermission(DevicesPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).WithTags("Devices").WithSummary("Export what the broker did not take");

    public async Task<IResult> RunAsync(string? search, RejectionKind? kind, CancellationToken stop)
    {
        var rows = await list.AllAsync(search, kind, stop);
        db.Context.Audit("devices.rejected.exported", "chips", new { rows = rows.Count });
        await db.Context.SaveAsync(stop);
        return CsvFile.Of(
            $"rejected-{calendar.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}",
            [words["Rejected.Csv.At"], words["Rejected.Csv.Kind"], words["Rejected.Csv.Source"], words["Rejected.Csv.Device"], words["Rejected.Csv.Channel"], words["Rejected.Csv.Reason"], words["Rejected.Csv.Length"], words["Rejected.Csv.Text"], words["Rejected.Csv.Hex"]],
            rows.Select(row => (IReadOnlyList<string?>)
                [calendar.Local(row.At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), words["Rejected." + row.Kind], row.Source, row.Device, row.Channel, row.Reason, row.Length.ToString(CultureInfo.InvariantCulture), row.Text, row.Hex]));
    }
}
