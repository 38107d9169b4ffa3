using Anlan.Alarms.Rosters;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Alarms.Delivery;

/// <summary>The group robots of one's own office and of those within one's scope; never their secrets.</summary>
internal sealed class ListRobots(AlarmsDb db, OfficeReach reach, OfficeNames offices, ListFile file, IStringLocalizer<Words> words)
{
    /// <param name="Id">The robot.</param>
    /// <param name="Office">For whom: an organ, an enterprise or the installation.</param>
    /// <param name="Name">What its group is called.</param>
    /// <param name="Host">Where it lives.</param>
    /// <param name="From">Told from this severity on.</param>
    /// <param name="EnteredAt">When it was entered.</param>
    /// <param name="IsOwn">True for one's own office.</param>
    public sealed record Row(Guid Id, string Office, string Name, string Host, AlarmSeverity From, DateTimeOffset EnteredAt, bool IsOwn);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/alarms/robots", (string? search, ListRobots slice, CancellationToken stop, int page = 1, int size = 20) => slice.RunAsync(new PageRequest(page, size, search), stop))
            .RequirePermission(AlarmsPermissions.View).Scoped(ScopedBy.Records).WithTags("Robots").WithSummary("Group robots that are told of alarms; search by name or office");
        api.MapGet("/alarms/robots/export", (string? search, ListRobots slice, CancellationToken stop) => slice.ExportAsync(search, stop))
            .RequirePermission(AlarmsPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).WithTags("Robots").WithSummary("Export the group robots");
    }

    public async Task<Page<Row>> RunAsync(PageRequest request, CancellationToken stop)
    {
        // One or two for each office that has any.
        var all = await db.Robots.AsNoTracking().ToListAsync(stop);
        var found = all.Where(robot => reach.Covers(OfficeReach.OfficeOf(robot))).Select(Read);
        if (request.Term is { } term) found = found.Where(row => Array.Exists([row.Name, row.Office], text => text.Contains(term, StringComparison.OrdinalIgnoreCase)));
        var rows = found.OrderByDescending(row => row.IsOwn).ThenBy(row => row.Office, StringComparer.CurrentCulture).ThenBy(row => row.Name, StringComparer.CurrentCulture).ThenBy(row => row.Id).ToList();
        return new Page<Row>([.. rows.Skip(request.Skip).Take(request.Take)], rows.Count);
    }

    private Task<IResult> ExportAsync(string? search, CancellationToken stop) => file.OfAsync("alarm-robots", "alarms.exported", page => RunAsync(page with { Search = search }, stop), stop,
        (words["Duty.Office"], row => row.Office), (words["Robot.Name"], row => row.Name), (words["Robot.Host"], row => row.Host), (words["Robot.From"], row => words["Severity." + row.From].Value), (words["Robot.EnteredAt"], row => row.EnteredAt));

    private Row Read(AlarmRobot robot)
    {
        var office = OfficeReach.OfficeOf(robot);
        return new Row(robot.Id, offices.Of(office), robot.Name, robot.Host, robot.From, robot.EnteredAt, office == reach.Own);
    }
}
