using Anlan.Alarms.Board;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Alarms.Handling;

/// <summary>Takes several alarms over at once. Severe ones are left out: each of them is looked at before somebody says that he sees to it.</summary>
internal sealed class AcknowledgeMany(AlarmBoard board, MoveAlarm move, AlarmReach reach)
{
    /// <summary>As many as one may take over at once: a page of the list.</summary>
    public const int Most = 50;

    /// <param name="Numbers">The alarms.</param>
    internal sealed record Request(IReadOnlyList<long>? Numbers);

    /// <param name="Done">Taken over.</param>
    /// <param name="Left">Why the others were not, by number.</param>
    public sealed record Answer(IReadOnlyList<long> Done, IReadOnlyDictionary<long, Refusal> Left);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/alarms/acknowledge", (Request request, AcknowledgeMany slice, CancellationToken stop) => slice.RunAsync(request, stop).ToHttpAsync())
            .RequirePermission(AlarmsPermissions.Handle).Produces<Answer>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Alarms")
            .WithSummary("Take several alarms over at once; severe ones are left out, and refused when nothing else was asked for");

    public async Task<Outcome<Answer>> RunAsync(Request request, CancellationToken stop)
    {
        if (request.Numbers is not { Count: > 0 and <= Most } numbers) return Refusal.OfField("numbers", "AlarmsTooMany") with { Measured = FactValue.Count(request.Numbers?.Count ?? 0), Limit = FactValue.Count(Most) };
        var (done, left) = (new List<long>(), new Dictionary<long, Refusal>());
        foreach (var number in numbers.Distinct())
        {
            if (board.Find(number) is { Severity: AlarmSeverity.Severe } severe && reach.Covers(severe)) left[number] = new Refusal("AlarmSevereAlone");
            else if (await move.RunAsync(number, AlarmAct.Acknowledge, new MoveAlarm.Request(), stop) is { IsDone: false } refused) left[number] = refused.Refusals[0];
            else done.Add(number);
        }

        return done.Count == 0 ? Outcome<Answer>.Refused([.. left.Values.DistinctBy(refusal => refusal.Code)]) : new Answer(done, left);
    }
}
