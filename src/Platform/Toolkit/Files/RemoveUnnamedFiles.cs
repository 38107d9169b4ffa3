using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Anlan.Toolkit.Files;

/// <summary>
/// Once a day, and after each start, removes files that no record names any more: their records were past their term, or their people were erased. The log is told
/// first, so that a file that is missing without such an entry was taken by somebody else.
/// </summary>
public sealed class RemoveUnnamedFiles(FileStore store, IFileShelf shelf, HotLog log, IServiceScopeFactory scopes, CityCalendar calendar, TimeProvider clock, ILogger<RemoveUnnamedFiles> logger) : DayTurn(calendar, clock, logger)
{
    private const int BatchSize = 500;
    private DateOnly _doneOn;

    /// <inheritdoc />
    public override async Task<int> RunAsync(DateOnly today, CancellationToken stop)
    {
        if (_doneOn >= today) return 0;
        var (before, sum, batch) = (Calendar.Now - FileStore.Grace, 0, new List<string>());
        await foreach (var (hash, at) in shelf.AllAsync(stop))
        {
            if (at >= before) continue;
            batch.Add(hash);
            if (batch.Count < BatchSize) continue;
            sum += await RemoveAsync(batch, stop);
            batch.Clear();
        }

        sum += await RemoveAsync(batch, stop);
        _doneOn = today;
        return sum;
    }

    private async Task<int> RemoveAsync(List<string> hashes, CancellationToken stop)
    {
        if (hashes.Count == 0) return 0;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        var (named, sum) = (await db.Set<AttachedFile>().AsNoTracking().Where(f => hashes.Contains(f.Hash)).Select(f => f.Hash).ToHashSetAsync(stop), 0);
        foreach (var hash in hashes.Where(hash => !named.Contains(hash)))
        {
            if (await store.RemoveAsync(hash, () => log.AppendAsync(FileLog.Removed.Draft($"file/{hash}", Calendar.Now, new FileRemoved(hash)), stop), stop)) sum++;
        }

        return sum;
    }
}
