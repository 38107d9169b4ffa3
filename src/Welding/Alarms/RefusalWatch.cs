using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Data;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Welding.Alarms;

/// <summary>Machines that refused one start after the other: somebody tries his luck, or something is wrong with the machine.</summary>
internal sealed class RefusalWatch(MachineIndex machines, AlarmLimits limits, IServiceScopeFactory scopes) : IAlarmWatch
{
    public IReadOnlyList<AlarmKind> Kinds { get; } = [WeldingAlarms.Refusals];

    public async Task<IReadOnlyList<AlarmSignal>> LookAsync(DateTimeOffset now, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var since = now - limits.Of(AlarmLimits.RefusalsWindow).Span;
        var counts = await scope.ServiceProvider.GetRequiredService<AnlanDb>().Set<RefusedStart>().AsNoTracking().Where(refused => refused.At >= since).GroupBy(refused => refused.Machine).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(stop);
        var found = new List<AlarmSignal>();
        foreach (var counted in counts)
        {
            if (machines.Find(counted.Key) is not { } machine) continue;
            var rule = limits.Of(AlarmLimits.Refusals, machine);
            if (!rule.IsKeptBy(counted.Count)) found.Add(machine.Signal(WeldingAlarms.Refusals, now).By(rule, FactValue.Count(counted.Count), FactValue.Count((long)rule.Limit)));
        }

        return found;
    }
}
