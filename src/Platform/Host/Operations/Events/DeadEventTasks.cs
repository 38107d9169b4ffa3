using Anlan.Toolkit.Data;
using Anlan.Toolkit.Outbox;
using Anlan.Toolkit.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Operations.Events;

/// <summary>Events that were put aside after many attempts: until they are sent again, some module does not know what happened.</summary>
internal sealed class DeadEventTasks(AnlanDb db, IStringLocalizer<Words> words) : IDeskTasks
{
    public async Task<IReadOnlyList<DeskTask>> OfReaderAsync(CancellationToken stop)
    {
        var count = await db.Set<OutboxMessage>().CountAsync(m => m.DeadAt != null, stop);
        return count == 0 ? [] : [new DeskTask("bell", words["Desk.DeadEvents", count], words["Desk.DeadEvents.Why"], null, words["Desk.DeadEvents.Do"], "/events?state=dead")];
    }
}
