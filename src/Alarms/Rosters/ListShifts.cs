using Anlan.Contracts.Accounts;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Alarms.Rosters;

/// <summary>The shifts of one's own office and of those within one's scope, the own ones first.</summary>
internal sealed class ListShifts(ShiftIndex shifts, OfficeReach reach, OfficeNames offices, IAccountNames accounts, ListFile file, IStringLocalizer<Words> words)
{
    /// <param name="Id">The shift.</param>
    /// <param name="Office">For whom: an organ, an enterprise or the installation.</param>
    /// <param name="Account">Who.</param>
    /// <param name="Days">On which days.</param>
    /// <param name="From">Begin, by the city's clock.</param>
    /// <param name="To">End; not after the begin: on the next day.</param>
    /// <param name="FirstDay">First day on which it begins.</param>
    /// <param name="LastDay">Last day on which it begins, or null.</param>
    /// <param name="IsOwn">True for one's own office.</param>
    public sealed record Row(Guid Id, string Office, string? Account, DutyDays Days, TimeOnly From, TimeOnly To, DateOnly FirstDay, DateOnly? LastDay, bool IsOwn);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/alarms/duty/shifts", (string? search, ListShifts slice, int page = 1, int size = 20) => slice.Run(new PageRequest(page, size, search)))
            .RequirePermission(AlarmsPermissions.View).Scoped(ScopedBy.Records).WithTags("Duty").WithSummary("Who is on duty on which days and hours; search by account or office");
        api.MapGet("/alarms/duty/shifts/export", (string? search, ListShifts slice, CancellationToken stop) => slice.ExportAsync(search, stop))
            .RequirePermission(AlarmsPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).WithTags("Duty").WithSummary("Export the shifts");
    }

    public Page<Row> Run(PageRequest request)
    {
        var found = shifts.All.Where(shift => reach.Covers(OfficeReach.OfficeOf(shift))).Select(Read);
        if (request.Term is { } term) found = found.Where(row => Array.Exists([row.Account, row.Office], text => text?.Contains(term, StringComparison.OrdinalIgnoreCase) == true));
        var rows = found.OrderByDescending(row => row.IsOwn).ThenBy(row => row.Office, StringComparer.CurrentCulture).ThenBy(row => row.From).ThenBy(row => row.Id).ToList();
        return new Page<Row>([.. rows.Skip(request.Skip).Take(request.Take)], rows.Count);
    }

    private Task<IResult> ExportAsync(string? search, CancellationToken stop) => file.OfAsync("duty-shifts", "alarms.exported", page => Task.FromResult(Run(page with { Search = search })), stop,
        (words["Duty.Office"], row => row.Office), (words["Duty.Account"], row => row.Account), (words["Duty.Days"], row => words["Days." + row.Days].Value), (words["Duty.From"], row => $"{row.From:HH\\:mm}"), (words["Duty.To"], row => $"{row.To:HH\\:mm}"),
        (words["Duty.FirstDay"], row => row.FirstDay), (words["Duty.LastDay"], row => row.LastDay));

    private Row Read(DutyShift shift)
    {
        var office = OfficeReach.OfficeOf(shift);
        return new Row(shift.Id, offices.Of(office), accounts.NameOf(shift.Account), shift.Days, shift.From, shift.To, shift.FirstDay, shift.LastDay, office == reach.Own);
    }
}
