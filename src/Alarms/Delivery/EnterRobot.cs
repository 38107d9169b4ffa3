using Anlan.Alarms.Rosters;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Messages;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Messages;
using Anlan.Toolkit.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Anlan.Alarms.Delivery;

/// <summary>Enters a group robot for one's own office, tries it, takes it out again.</summary>
internal sealed class EnterRobot(AlarmsDb db, OfficeReach reach, PersonalFields fields, IMessages messages, IOptions<MessagesOptions> options, TimeProvider clock, IStringLocalizer<Words> words)
{
    private const int MostOfOffice = 10;
    private static readonly TimeSpan TestLifetime = TimeSpan.FromHours(1);

    /// <param name="Name">What its group is called.</param>
    /// <param name="Webhook">The robot's address as DingTalk shows it, with its access token.</param>
    /// <param name="Secret">Its secret for signatures; it begins with SEC.</param>
    /// <param name="From">Told from this severity on.</param>
    internal sealed record Request(string? Name, string? Webhook, string? Secret, AlarmSeverity From);

    /// <summary>The robot.</summary>
    public sealed record Entered(Guid Id);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/alarms/robots", (Request request, EnterRobot slice, CancellationToken stop) => slice.RunAsync(request, stop).ToHttpAsync())
            .RequirePermission(AlarmsPermissions.Plan).Produces<Entered>().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Own).WithTags("Robots").WithSummary("Enter a group robot for one's own office");
        api.MapPost("/alarms/robots/{alarmRobot:guid}/try", (Guid alarmRobot, EnterRobot slice, CancellationToken stop) => slice.TryAsync(alarmRobot, stop).ToHttpAsync())
            .RequirePermission(AlarmsPermissions.Plan).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Records).WithTags("Robots").WithSummary("Send a test message into the group");
        api.MapDelete("/alarms/robots/{alarmRobot:guid}", (Guid alarmRobot, EnterRobot slice, CancellationToken stop) => slice.RemoveAsync(alarmRobot, stop).ToHttpAsync())
            .RequirePermission(AlarmsPermissions.Plan).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Records).WithTags("Robots").WithSummary("Take a group robot out");
    }

    /// <summary>Refused by field with <c>RobotNameInvalid</c>, <c>RobotAddressInvalid</c>, <c>RobotHostOther</c> (the host that is allowed), and with <c>RobotsTooMany</c>.</summary>
    public async Task<Outcome<Entered>> RunAsync(Request request, CancellationToken stop)
    {
        var (name, office) = (request.Name?.Trim() ?? "", reach.Own);
        List<Refusal> refusals = [];
        if (name.Length is 0 or > AlarmRobot.LongestName || name.Any(char.IsControl)) refusals.Add(Refusal.OfField("name", "RobotNameInvalid") with { Limit = FactValue.Count(AlarmRobot.LongestName) });
        var robot = RobotAddress.Of(request.Webhook, request.Secret);
        if (robot is null) refusals.Add(Refusal.OfField("webhook", "RobotAddressInvalid"));
        else if (!options.Value.Robot.Admits(robot)) refusals.Add(Refusal.OfField("webhook", "RobotHostOther") with { Measured = FactValue.Text(robot.Host), Limit = FactValue.Text(options.Value.Robot.Host) });
        if (refusals.Count > 0) return Outcome<Entered>.Refused(refusals);
        var (organ, enterprise) = (office.Organ is { } ofOrgan ? new OrganId(ofOrgan) : (OrganId?)null, office.Enterprise is { } ofEnterprise ? new EnterpriseId(ofEnterprise) : (EnterpriseId?)null);
        var there = await db.Robots.CountAsync(other => other.Organ == organ && other.Enterprise == enterprise, stop);
        if (there >= MostOfOffice) return new Refusal("RobotsTooMany") { Measured = FactValue.Count(there), Limit = FactValue.Count(MostOfOffice) };
        var entered = new AlarmRobot { Id = Guid.CreateVersion7(clock.GetUtcNow()), Organ = organ, Enterprise = enterprise, Name = name, Host = robot!.Host, Address = [], From = request.From, EnteredAt = clock.GetUtcNow() };
        entered.Address = AlarmRobot.Sealing.Seal(fields, entered, "address", robot.ToString());
        db.Context.Add(entered);
        db.Context.Audit("alarms.robot.entered", $"robot/{entered.Id}", new { entered.Name, entered.Host, entered.From });
        await db.Context.SaveAsync(stop);
        return new Entered(entered.Id);
    }

    /// <summary>Refused with <c>RobotUnknown</c> and <c>DutyNotYours</c>.</summary>
    public async Task<Outcome> TryAsync(Guid id, CancellationToken stop)
    {
        var found = await FindAsync(id, stop);
        if (!found.IsDone) return found;
        var robot = found.Value;
        var message = messages.SendRobot(AlarmRobot.Sealing.Open(fields, robot, "address"), MessageLanguage.Say(() => words["Robot.Test", robot.Name]), new MessageCause("alarms.tested", "robot/" + id, null, TestLifetime));
        db.Context.Audit("alarms.robot.tested", $"robot/{id}", new { message });
        await db.Context.SaveAsync(stop);
        return Outcome.Done;
    }

    /// <summary>Refused with <c>RobotUnknown</c>, <c>DutyNotYours</c> and <c>ChangedMeanwhile</c>.</summary>
    public async Task<Outcome> RemoveAsync(Guid id, CancellationToken stop)
    {
        var found = await FindAsync(id, stop);
        if (!found.IsDone) return found;
        var robot = found.Value;
        db.Context.Remove(robot);
        db.Context.Audit("alarms.robot.removed", $"robot/{id}", new { robot.Name });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }

    private async Task<Outcome<AlarmRobot>> FindAsync(Guid id, CancellationToken stop)
    {
        if (await db.Robots.SingleOrDefaultAsync(robot => robot.Id == id, stop) is not { } robot || !reach.Covers(OfficeReach.OfficeOf(robot))) return new Refusal("RobotUnknown");
        return reach.MayPlan(OfficeReach.OfficeOf(robot)) ? robot : new Refusal("DutyNotYours");
    }
}
