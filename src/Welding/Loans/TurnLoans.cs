using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Time;
using Anlan.Welding.Fitting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Anlan.Welding.Loans;

/// <summary>Names the borrower in the registry on a loan's first day and the former user after its last one, so that the right people see the machine; starts look at the days themselves.</summary>
internal sealed class TurnLoans(LoanIndex loans, IServiceScopeFactory scopes, CityCalendar calendar, TimeProvider clock, ILogger<TurnLoans> logger) : DayTurn(calendar, clock, logger)
{
    public override async Task<int> RunAsync(DateOnly today, CancellationToken stop)
    {
        var turned = 0;
        foreach (var due in loans.All.Where(loan => IsDue(loan, today)).ToList()) turned += await TurnAsync(due, today, stop) ? 1 : 0;
        return turned;
    }

    private static bool IsDue(LoanFacts loan, DateOnly today) => loan.To < today || (!loan.IsOn && loan.From <= today);

    private async Task<bool> TurnAsync(LoanFacts due, DateOnly today, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        var db = scope.ServiceProvider.GetRequiredService<WeldingDb>();
        if (await db.Loans.SingleOrDefaultAsync(l => l.Id == due.Id && l.EndedAt == null, stop) is not { } loan || await db.Machines.SingleOrDefaultAsync(m => m.Id == loan.Machine, stop) is not { } machine) return false;
        var isOver = loan.To < today;
        if (isOver) LendMachine.End(machine, loan, Calendar.Now);
        else LendMachine.Begin(machine, loan);
        db.Context.Audit(isOver ? "welding.machine.returned" : "welding.machine.taken-over", $"machine/{machine.Id.Value}", new { loan = loan.Id, user = machine.UserEnterprise.Value });
        // Whoever works on it for the other enterprise is judged again.
        db.Context.Publish(new FittingChanged(machine.Id));
        return await db.Context.TrySaveAsync(stop);
    }
}
