using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Devices.Registry;

/// <summary>Chips with their last word.</summary>
internal sealed class ListChips(DevicesDb db)
{
    public sealed record Row(Guid Id, string Serial, bool IsEnabled, bool IsOnline, DateTimeOffset? LastSeen, string? Firmware, long Boot, bool IsTampered, DateTimeOffset RegisteredAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/chips", (string? search, string? sort, ListChips slice, CancellationToken stop, int page = 1, int size = 20) => slice.RunAsync(new PageRequest(page, size, search, sort), stop))
            .RequirePermission(DevicesPermissions.View).WithTags("Devices").WithSummary("List chips");

    public async Task<Page<Row>> RunAsync(PageRequest request, CancellationToken stop)
    {
        var query = from device in db.Devices.AsNoTracking()
                    join report in db.Reports.AsNoTracking() on device.Serial equals report.Serial into reports
                    from report in reports.DefaultIfEmpty()
                    select new { device, report };
        if (request.Term is { } term) query = query.Where(r => r.device.Serial.Contains(term));
        var total = await query.CountAsync(stop);
        var rows = await query.OrderBy(r => r.device.Serial).Skip(request.Skip).Take(request.Take)
            .Select(r => new Row(r.device.Id.Value, r.device.Serial, r.device.IsEnabled, r.report != null && r.report.IsOnline, r.report == null ? null : r.report.LastSeen,
                r.report == null ? null : r.report.Firmware, r.report == null ? 0 : r.report.Boot, r.report != null && r.report.IsTampered, r.device.RegisteredAt))
            .ToListAsync(stop);
        return new Page<Row>(rows, total);
    }
}
