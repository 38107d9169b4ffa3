using Anlan.Contracts.Alarms;
using Anlan.Kernel.Events;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Cameras.Events;

/// <summary>Notes what people said of an alarm at the event that raised it: how often a camera is right is counted from that.</summary>
internal sealed class MarkJudged(CamerasDb db) : IEventSubscriber<AlarmJudged>
{
    public async Task HandleAsync(AlarmJudged happened, Guid eventId, CancellationToken stop)
    {
        if (await db.Events.SingleOrDefaultAsync(seen => seen.Seq == happened.Alarm, stop) is not { } seen) return;
        seen.WasTrue = happened.IsTrue;
        await db.Context.SaveAsync(stop);
    }
}
