using Anlan.Contracts.Accounts;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Alarms.Rosters;

/// <summary>Who is away and who stands in, the last days first.</summary>
internal sealed class ListLeaves(LeaveIndex leaves, OfficeReach reach, OfficeNames offices, IAccountNames accounts, ListFile file, IStringLocalizer<Words> words)
{
    /// <param name="Id">The leave.</param>
    /// <param name="Office">For whom: an organ, an enterprise or the installation.</param>
    /// <param name="Account">Who is away.</param>
    /// <param name="Substitute">Who stands in.</param>
    /// <param name="FirstDay">First day.</param>
    /// <param name="LastDay">Last day.</param>
    /// <param name="IsOwn">True for one's own office.</param>
    public sealed record Row(Guid Id, string Office, string? Account, string? Substitute, DateOnly FirstDay, DateOnly LastDay, bool IsOwn);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/alarms/duty/leaves", (string? search, ListLeaves slice, int page = 1, int size = 20) => slice.Run(new PageRequest(page, size, search)))
            .RequirePermission(AlarmsPermissions.View).Scoped(ScopedBy.Records).WithTags("Duty").WithSummary("Who is away and who stands in; search by account or office");
        api.MapGet("/alarms/duty/leaves/export", (string? search, ListLeaves slice, CancellationToken stop) => slice.ExportAsync(search, stop))
            .RequirePermission(AlarmsPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).WithTags("Duty").WithSummary("Export who is away and who stands in");
    }

    public Page<Row> Run(PageRequest request)
    {
        var found = leaves.All.Where(leave => reach.Covers(OfficeReach.OfficeOf(leave))).Select(Read);
        if (request.Term is { } term) found = found.Where(row => Array.Exists([row.Account, row.Substitute, row.Office], text => text?.Contains(term, StringComparison.OrdinalIgnoreCase) == true));
        var rows = found.OrderByDescending(row => row.IsOwn).ThenByDescending(row => row.LastDay).ThenBy(row => row.Id).ToList();
        return new Page<Row>([.. rows.Skip(request.Skip).Take(request.Take)], rows.Count);
    }

    private Task<IResult> ExportAsync(string? search, CancellationToken stop) => file.OfAsync("duty-leaves", "alarms.exported", page => Task.FromResult(Run(page with { Search = search })), stop,
        (words["Duty.Office"], row => row.Office), (words["Duty.Away"], row => row.Account), (words["Duty.Substitute"], row => row.Substitute), (words["Duty.FirstDay"], row => row.FirstDay), (words["Duty.LastDay"], row => row.LastDay));

    private Row Read(DutyLeave leave)
    {
        var office = OfficeReach.OfficeOf(leave);
        return new Row(leave.Id, offices.Of(office), accounts.NameOf(leave.Account), accounts.NameOf(leave.Substitute), leave.FirstDay, leave.LastDay, office == reach.Own);
    }
}
