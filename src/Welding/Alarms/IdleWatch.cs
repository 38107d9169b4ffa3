using Anlan.Contracts.Devices;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Data;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Anlan.Welding.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Welding.Alarms;

/// <summary>Machines that have had power for a while without an arc: somebody walked away.</summary>
internal sealed class IdleWatch(OpenSessions sessions, MachineIndex machines, IDevices devices, AlarmLimits limits, IServiceScopeFactory scopes) : IAlarmWatch
{
    public IReadOnlyList<AlarmKind> Kinds { get; } = [WeldingAlarms.Idle];

    public async Task<IReadOnlyList<AlarmSignal>> LookAsync(DateTimeOffset now, CancellationToken stop)
    {
        var idle = new List<(OpenSession Open, MachineFacts Machine)>();
        foreach (var open in sessions.All)
        {
            // Without a connection nothing is measured, and that is an alarm of its own.
            if (machines.Find(open.Machine) is { } machine && devices.StateOf(open.Chip) is { IsOnline: true, RelayClosed: true } && now - open.StartedAt > limits.Of(AlarmLimits.Idle, machine).Span) idle.Add((open, machine));
        }

        if (idle.Count == 0) return [];
        var last = await LastArcsAsync(idle.ConvertAll(pair => pair.Open.Machine), idle.Min(pair => pair.Open.StartedAt), stop);
        return [.. idle.Select(pair => Signal(pair.Open, pair.Machine, last, now)).OfType<AlarmSignal>()];
    }

    private AlarmSignal? Signal(OpenSession open, MachineFacts machine, Dictionary<MachineId, DateTimeOffset> last, DateTimeOffset now)
    {
        var rule = limits.Of(AlarmLimits.Idle, machine);
        var quiet = now - (last.TryGetValue(machine.Id, out var arc) && arc > open.StartedAt ? arc : open.StartedAt);
        return quiet <= rule.Span ? null : machine.Signal(WeldingAlarms.Idle, now).By(rule, FactValue.Of(quiet), FactValue.Of(rule.Span));
    }

    // The end of the last minute with an arc within these sessions.
    private async Task<Dictionary<MachineId, DateTimeOffset>> LastArcsAsync(List<MachineId> asked, DateTimeOffset since, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var spans = scope.ServiceProvider.GetRequiredService<AnlanDb>().Set<MeasuredSpan>().AsNoTracking();
        var from = since - TimeSpan.FromMinutes(1);
        var found = await spans.Where(span => span.Kind == SpanKind.Minute && asked.Contains(span.Machine) && span.From >= from && span.ArcPoints > 0).GroupBy(span => span.Machine).Select(group => new { group.Key, Last = group.Max(span => span.From) }).ToListAsync(stop);
        return found.ToDictionary(pair => pair.Key, pair => pair.Last.AddMinutes(1));
    }
}
