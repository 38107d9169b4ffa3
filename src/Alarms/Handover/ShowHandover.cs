using Anlan.Alarms.Board;
using Anlan.Alarms.Desk;
using Anlan.Contracts.Accounts;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Alarms.Handover;

/// <summary>What whoever comes on duty has to know: what is open now, and what was raised, ended and done since the last shift began.</summary>
internal sealed class ShowHandover(AlarmsDb db, AlarmBoard board, AlarmRows rows, IAccountNames accounts, AlarmReach reach, TimeProvider clock)
{
    /// <summary>Hours of a shift when nobody says otherwise.</summary>
    public const int UsualHours = 12;

    /// <summary>As many hours at once.</summary>
    public const int MostHours = 168;

    private const int MostListed = 200;

    /// <param name="From">Begin of the shift.</param>
    /// <param name="To">Now.</param>
    /// <param name="Open">What is open now, the worst and oldest first.</param>
    /// <param name="Ended">What ended within the shift, the newest first.</param>
    /// <param name="Raised">How many were raised within the shift.</param>
    /// <param name="EndedCount">How many ended within it; a long list is cut.</param>
    /// <param name="People">Who did how many steps within it.</param>
    public sealed record Shown(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<AlarmRow> Open, IReadOnlyList<AlarmRow> Ended, int Raised, int EndedCount, IReadOnlyList<Worker> People);

    /// <param name="By">Who.</param>
    /// <param name="Taken">Alarms taken over.</param>
    /// <param name="Steps">Steps altogether.</param>
    public sealed record Worker(string By, int Taken, int Steps);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/alarms/handover", (int? hours, ShowHandover slice, CancellationToken stop) => slice.RunAsync(hours ?? UsualHours, stop).ToHttpAsync())
            .RequirePermission(AlarmsPermissions.View).Produces<Shown>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Alarms").WithSummary("What whoever comes on duty has to know of the last hours");

    public async Task<Outcome<Shown>> RunAsync(int hours, CancellationToken stop)
    {
        if (hours is < 1 or > MostHours) return Refusal.OfField("hours", "HoursInvalid") with { Measured = FactValue.Count(hours), Limit = FactValue.Count(MostHours) };
        var now = clock.GetUtcNow();
        var from = now - TimeSpan.FromHours(hours);
        var within = reach.Within(db.Alarms.AsNoTracking());
        var ended = within.Where(alarm => alarm.EndedAt >= from);
        var steps = await db.Steps.AsNoTracking().Where(step => step.At >= from && step.Account != null && within.Any(alarm => alarm.Number == step.Alarm)).Select(step => new { step.Account, step.Act }).ToListAsync(stop);
        return new Shown(
            from, now, [.. board.OpenWithin(reach).Take(MostListed).Select(rows.Of)], [.. (await ended.OrderByDescending(alarm => alarm.EndedAt).Take(MostListed).ToListAsync(stop)).Select(rows.Of)],
            await within.CountAsync(alarm => alarm.RaisedAt >= from, stop), await ended.CountAsync(stop),
            [.. steps.GroupBy(step => step.Account!.Value).Select(group => new Worker(accounts.NameOf(group.Key) ?? "—", group.Count(step => step.Act is AlarmAct.Acknowledge), group.Count())).OrderByDescending(worker => worker.Steps).ThenBy(worker => worker.By, StringComparer.Ordinal)]);
    }
}
