using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Retention;
using Anlan.Toolkit.Time;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Privacy.Retention;

/// <summary>
/// Each night deletes what is past its term, kind by kind and some rows at a time. What a hold keeps stays; the log is never touched. A night that was
/// interrupted goes on where it stopped, because rows that are gone are not due any more.
/// </summary>
internal sealed class DeletePastRecords(IEnumerable<IRetainedRecords> kinds, RetentionRules rules, IServiceScopeFactory scopes, CityCalendar calendar, TimeProvider clock, ILogger<DeletePastRecords> logger) : DayTurn(calendar, clock, logger)
{
    private const int BatchSize = 500;

    public override async Task<int> RunAsync(DateOnly today, CancellationToken stop)
    {
        var sum = 0;
        foreach (var kind in kinds) sum += await RunAsync(kind, today, stop);
        return sum;
    }

    private async Task<int> RunAsync(IRetainedRecords kind, DateOnly today, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        if (await db.Set<RetentionRun>().AsNoTracking().AnyAsync(r => r.Kind == kind.Key && r.Day >= today, stop)) return 0;
        var (before, sum) = (rules.BeforeOn(kind, today), 0);
        // Holds are read anew for each batch: one that is set tonight counts tonight.
        while (await kind.DeleteAsync(db, before, await LegalHold.NowAsync(db, stop), BatchSize, stop) is > 0 and var some) sum += some;
        db.Put(new RetentionRun { Kind = kind.Key, Day = today, At = Calendar.Now, Deleted = sum });
        if (sum > 0) db.Audit("privacy.retention.deleted", $"retention/{kind.Key}", new { rows = sum, before });
        await db.SaveAsync(stop);
        return sum;
    }
}
