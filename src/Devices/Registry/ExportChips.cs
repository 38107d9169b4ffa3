using System.Globalization;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Devices.Registry;

/// <summary>The list of chips as a file, as filtered, in the reader's language; who took it is on record.</summary>
internal sealed class ExportChips(DevicesDb db, ListChips list, CityCalendar calendar, IStringLocalizer<Words> words)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/chips/export", async (string? search, string? state, string? sort, ExportChips slice, CancellationToken stop) =>
                EnumQuery.TryRead<ChipState>(state, out var wanted) ? await slice.RunAsync(new PageRequest(1, 1, search, sort), wanted, stop) : EnumQuery.NoSuchWord("state", state))
            .RequirePermission(DevicesPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).WithTags("Devices").WithSummary("Export the list of chips");

    public async Task<IResult> RunAsync(PageRequest request, ChipState? state, CancellationToken stop)
    {
        var rows = list.All(request, state);
        db.Context.Audit("devices.chips.exported", "chips", new { rows = rows.Count });
        await db.Context.SaveAsync(stop);
        return CsvFile.Of(
            $"chips-{calendar.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}",
            [words["Chips.Column.Serial"], words["Chips.Column.State"], words["Chips.Column.LastSeen"], words["Chips.Column.Firmware"], words["Chips.Column.Boot"], words["Chips.Column.Registered"]],
            rows.Select(row => (IReadOnlyList<string?>)[row.Serial, words["State." + row.State], At(row.LastSeen), row.Firmware, row.Boot.ToString(CultureInfo.InvariantCulture), At(row.RegisteredAt)]));
    }

    private string? At(DateTimeOffset? at) => at is { } moment ? calendar.Local(moment).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : null;
}
