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

namespace Anlan.Accounts.Keys;

/// <summary>Everybody's keys as a file, of each its beginning only, like the list; who took it is on record.</summary>
internal sealed class ExportKeys(AccountsDb db, ListKeys list, IStringLocalizer<Words> words, CityCalendar calendar)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/keys/export", (string? search, ExportKeys slice, CancellationToken stop) => slice.RunAsync(search, stop))
            .RequirePermission(AccountsPermissions.EditKeys).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).WithTags("API keys").WithSummary("Export everybody's keys");

    public async Task<IResult> RunAsync(string? search, CancellationToken stop)
    {
        var rows = list.Every(new PageRequest(1, 1, search));
        db.Context.Audit("accounts.keys.exported", "keys", new { rows = rows.Count });
        await db.Context.SaveAsync(stop);
        return CsvFile.Of(
            $"keys-{calendar.Today.Day()}",
            [words["Keys.Name"], words["Keys.Start"], words["Keys.Account"], words["Keys.Carries"], words["Keys.LastDay"], words["Keys.LastUsed"], words["Field.State"]],
            rows.Select(r => (IReadOnlyList<string?>)
                [r.Name, r.Start, r.UserName, string.Join(' ', r.Permissions.Except(r.Lost)), r.LastDay.Day(), r.LastUsedAt is { } at ? calendar.Local(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : null, words["KeyState." + r.State]]));
    }
}
