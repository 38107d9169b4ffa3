using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Anlan.Enterprises.Employments;

/// <summary>
/// Tells other modules of bindings whose last day has passed. The binding is out of force by its date alone; this ends work that is still
/// running on it. Mark and event are one commit, so that each end is told once, also over a restart.
/// </summary>
internal sealed class UnbindAtEnd(EmploymentIndex employments, IServiceScopeFactory scopes, CityCalendar calendar, TimeProvider clock, ILogger<UnbindAtEnd> logger) : DayTurn(calendar, clock, logger)
{
    /// <summary>Reason given in the event.</summary>
    public const string EndReached = "endReached";

    public override async Task<int> RunAsync(DateOnly today, CancellationToken stop)
    {
        var told = 0;
        foreach (var due in employments.All.Where(e => !e.IsEndTold && e.To < today).ToList()) told += await TellAsync(due, today, stop) ? 1 : 0;
        return told;
    }

    private async Task<bool> TellAsync(EmploymentEntry due, DateOnly today, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        var db = scope.ServiceProvider.GetRequiredService<EnterprisesDb>();
        if (await db.Employments.SingleOrDefaultAsync(e => e.Id == due.Id, stop) is not { EndToldAt: null } employment || !(employment.To < today)) return false;

        employment.EndToldAt = Calendar.Now;
        db.Context.Audit("enterprises.person.unbound", $"person/{employment.Person.Value}", new { employment = employment.Id, enterprise = employment.Enterprise.Value, last = employment.To, reason = employment.EndReason ?? EndReached });
        if (!employments.IsBoundOtherwise(employment, today)) db.Context.Publish(new PersonUnbound(employment.Person, employment.Enterprise, employment.EndReason ?? EndReached));
        return await db.Context.TrySaveAsync(stop);
    }
}
