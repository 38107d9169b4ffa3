using Anlan.Toolkit.Data;
using Anlan.Toolkit.Messages;
using Anlan.Toolkit.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Messages;

/// <summary>Messages that a gateway refused too often, and such that nobody will ever send: people do not know what they were to be told.</summary>
internal sealed class DeadMessageTasks(AnlanDb db, IEnumerable<IMessageGateway> gateways, IStringLocalizer<Words> words) : IDeskTasks
{
    public async Task<IReadOnlyList<DeskTask>> OfReaderAsync(CancellationToken stop)
    {
        var served = MessageFilter.Served(gateways);
        var dead = await db.Set<OutgoingMessage>().CountAsync(m => m.State == MessageState.Dead, stop);
        var unserved = await db.Set<OutgoingMessage>().CountAsync(m => m.State == MessageState.Waiting && !served.Contains(m.Channel), stop);
        List<DeskTask> tasks = [];
        if (dead > 0) tasks.Add(new DeskTask("sound", words["Desk.DeadMessages", dead], words["Desk.DeadMessages.Why"], null, words["Desk.DeadMessages.Do"], "/messages?state=dead"));
        if (unserved > 0) tasks.Add(new DeskTask("sound", words["Desk.UnservedMessages", unserved], words["Desk.UnservedMessages.Why"], null, words["Desk.UnservedMessages.Do"], "/messages?state=noGateway"));
        return tasks;
    }
}
