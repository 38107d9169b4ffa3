using Anlan.Toolkit.Data;
using Anlan.Toolkit.Evidence;
using Anlan.Toolkit.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Operations.Evidence;

/// <summary>A log that contradicts itself: another organ's, or our own.</summary>
internal sealed class EvidenceTasks(AnlanDb db, HeadClockwork clockwork, IStringLocalizer<Words> words) : IDeskTasks
{
    public async Task<IReadOnlyList<DeskTask>> OfReaderAsync(CancellationToken stop)
    {
        List<DeskTask> tasks = [];
        if (clockwork.Fault is not null) tasks.Add(new DeskTask("hash", words["Desk.LogBroken"], words["Desk.LogBroken.Why"], null, words["Desk.LogBroken.Do"], "/evidence"));
        foreach (var peer in await db.Set<PeerHead>().Where(h => h.IsFork && h.NotedAt == null).Select(h => h.Peer).Distinct().OrderBy(name => name).Take(DeskTask.MostOfAKind).ToListAsync(stop))
        {
            tasks.Add(new DeskTask("hash", words["Desk.Fork", peer], words["Desk.Fork.Why"], null, words["Desk.Fork.Do"], "/evidence"));
        }

        return tasks;
    }
}
