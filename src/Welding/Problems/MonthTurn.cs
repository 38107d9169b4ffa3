using Anlan.Kernel.Scopes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Time;
using Anlan.Welding.Profiles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Anlan.Welding.Problems;

/// <summary>Writes down which machines were out of hand when a month ended, once. A month before the first machine was registered is none.</summary>
internal sealed class MonthTurn(IServiceScopeFactory scopes, CityCalendar calendar, TimeProvider clock, ILogger<MonthTurn> logger) : DayTurn(calendar, clock, logger)
{
    private DateOnly? _closed;

    public override async Task<int> RunAsync(DateOnly today, CancellationToken stop)
    {
        var month = ProfileDesk.MonthOf(today).AddMonths(-1);
        if (_closed == month) return 0;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        var db = scope.ServiceProvider.GetRequiredService<WeldingDb>();
        var ended = Calendar.StartOf(month.AddMonths(1));
        var written = 0;
        if (!await db.ClosedMonths.AnyAsync(m => m.Month == month, stop) && await db.Machines.AnyAsync(m => m.RegisteredAt < ended, stop))
        {
            foreach (var problem in scope.ServiceProvider.GetRequiredService<StandingProblems>().Within(Scope.Everything))
            {
                written++;
                db.Context.Insert(new MonthProblem
                {
                    Id = Guid.CreateVersion7(),
                    Month = month,
                    Kind = problem.Kind,
                    Machine = problem.Machine,
                    Chip = problem.Chip,
                    Enterprise = problem.Enterprise,
                    Division = problem.Division,
                    LastHeard = problem.LastHeard,
                    TakenAt = Calendar.Now,
                });
            }

            db.ClosedMonths.Add(new ClosedMonth { Month = month, TakenAt = Calendar.Now });
            if (!await db.Context.TrySaveAsync(stop)) return 0;
        }

        _closed = month;
        return written;
    }
}
