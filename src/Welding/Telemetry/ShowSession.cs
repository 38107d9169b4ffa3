using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Log;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Personal;
using Anlan.Toolkit.Telemetry;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Telemetry;

/// <summary>One session with what its machine measured: minute by minute, or a short stretch point by point while the points are kept.</summary>
internal sealed class ShowSession(WeldingDb db, TelemetryLog telemetry, LogKinds kinds, MachineIndex machines, CurrentScope scope, PeopleSeen seen, IPeople people, IEnterprises enterprises, TimeProvider clock)
{
    /// <summary>What is not longer than this is shown point by point.</summary>
    public static readonly TimeSpan Close = TimeSpan.FromMinutes(15);

    private const int ReadAtOnce = 2_000;

    /// <summary>How fine the measurements are.</summary>
    public enum Grain
    {
        /// <summary>Every point as measured.</summary>
        Point,
        /// <summary>A minute each.</summary>
        Minute,
    }

    /// <param name="At">When; of a minute its begin.</param>
    /// <param name="Amperes">Current in A while the arc burned (of a minute the mean), or null without an arc.</param>
    /// <param name="PeakAmperes">Highest current in A, or null without an arc.</param>
    /// <param name="Volts">Voltage in V while the arc burned (of a minute the mean), or null without an arc.</param>
    /// <param name="ArcSeconds">Seconds of arc.</param>
    /// <param name="Temperature">Highest temperature in °C.</param>
    /// <param name="Gas">True when the gas alarm was on.</param>
    public sealed record Measured(DateTimeOffset At, double? Amperes, double? PeakAmperes, double? Volts, double ArcSeconds, double Temperature, bool Gas);

    /// <param name="Session">The session.</param>
    /// <param name="Machine">Code of the machine.</param>
    /// <param name="RatedAmperes">Rated current of the machine in A, or null.</param>
    /// <param name="From">Begin of the stretch that is shown.</param>
    /// <param name="To">Its end.</param>
    /// <param name="Grain">How fine.</param>
    /// <param name="AreGone">True when the single points are past their term and minutes stand for them.</param>
    /// <param name="Points">In order.</param>
    public sealed record Shown(ListSessions.Row Session, string? Machine, double? RatedAmperes, DateTimeOffset From, DateTimeOffset To, Grain Grain, bool AreGone, IReadOnlyList<Measured> Points);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/sessions/{session:guid}", (Guid session, DateTimeOffset? from, DateTimeOffset? to, ShowSession slice, CancellationToken stop) => slice.RunAsync(session, from, to, stop).ToHttpAsync())
            .RequirePermission(WeldingPermissions.View).Produces<Shown>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Welding")
            .WithSummary("A session with its measurements: minutes, or every point of a stretch of at most 15 minutes");

    public async Task<Outcome<Shown>> RunAsync(Guid session, DateTimeOffset? from, DateTimeOffset? to, CancellationToken stop)
    {
        if (await db.Sessions.AsNoTracking().Within(scope.Now).SingleOrDefaultAsync(s => s.Id == new SessionId(session), stop) is not { } row) return new Refusal("WeldSessionUnknown");
        seen.Add(WelderViews.Sessions, [row.Person.Value]);
        var (begin, end) = (row.PoweredAt ?? row.StartedAt, row.EndedAt ?? clock.GetUtcNow());
        var (first, last) = (Within(from ?? begin, begin, end), Within(to ?? end, begin, end));
        if (last < first) (first, last) = (last, first);
        var minutes = await MinutesAsync(row.Machine, first, last, stop);
        var isClose = last - first <= Close;
        var points = isClose ? Points(row, minutes, first, last) : null;
        var areGone = points is { Count: 0 } && minutes.Exists(minute => minute.Points > 0);
        var isByPoint = isClose && !areGone;
        var machine = machines.Find(row.Machine);
        return new Shown(
            ListSessions.Read(row, machines, people, enterprises), machine?.Code, machine?.RatedCurrent, first, last, isByPoint ? Grain.Point : Grain.Minute, areGone, isByPoint ? points! : [.. minutes.Select(Read)]);
    }

    private Task<List<MeasuredSpan>> MinutesAsync(MachineId machine, DateTimeOffset from, DateTimeOffset to, CancellationToken stop)
    {
        // The minute in which the stretch begins began before it.
        var first = from - TimeSpan.FromMinutes(1);
        return db.Measured.AsNoTracking().Where(s => s.Kind == SpanKind.Minute && s.Machine == machine && s.From > first && s.From <= to).OrderBy(s => s.From).ToListAsync(stop);
    }

    // The minutes know between which positions their points lie, also those that arrived late.
    private List<Measured> Points(WeldSession session, List<MeasuredSpan> minutes, DateTimeOffset from, DateTimeOffset to)
    {
        var found = new List<Measured>();
        var read = 0L;
        foreach (var minute in minutes.OrderBy(minute => minute.FirstSeq))
        {
            for (var next = Math.Max(read, minute.FirstSeq - 1); next < minute.LastSeq;)
            {
                var part = telemetry.Store.Read(next, (int)Math.Min(ReadAtOnce, minute.LastSeq - next));
                if (part.Count == 0) break;
                next = read = part[^1].Seq;
                foreach (var (seq, bytes) in part)
                {
                    var entry = LogEntry.Decode(seq, bytes);
                    if (entry.Subject != Chips.ChipLog.SubjectOf(session.Chip) || kinds.Read(entry) is not { Body: Chips.TelemetryBody body } || body.Session != session.Id.Value) continue;
                    for (var i = 0; i < body.Points.Count; i++)
                    {
                        var (point, at) = (body.Points[i], PointTime.Of(body, body.Points[i], entry.At));
                        if (at < from || at > to) continue;
                        double? whileArc(double value) => point.Arc ? Math.Abs(value) : null;
                        found.Add(new Measured(at, whileArc(point.A), whileArc(point.A), whileArc(point.V), point.Arc ? ArcSum.SecondsOf(body.Points, i) : 0, point.Temp, point.Gas));
                    }
                }
            }
        }

        return [.. found.OrderBy(point => point.At)];
    }

    private static Measured Read(MeasuredSpan minute)
    {
        double? mean(double sum) => minute.ArcPoints == 0 ? null : Math.Round(sum / minute.ArcPoints, 1);
        return new Measured(minute.From, mean(minute.SumAmperes), minute.ArcPoints == 0 ? null : minute.PeakAmperes, mean(minute.SumVolts), Math.Round(minute.ArcSeconds, 1), minute.PeakTemperature, minute.GasPoints > 0);
    }

    private static DateTimeOffset Within(DateTimeOffset at, DateTimeOffset from, DateTimeOffset to) => at < from ? from : at > to ? to : at;
}
