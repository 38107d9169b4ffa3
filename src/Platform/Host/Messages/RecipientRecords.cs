using System.Globalization;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Messages;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Messages;

/// <summary>Messages to a person. An erasure takes them, waiting ones too: nobody writes to somebody who is erased.</summary>
internal sealed class RecipientRecords(AnlanDb db, MessageBox box, CityCalendar calendar) : IPersonRecords
{
    public async Task<IReadOnlyList<PersonSection>> CollectAsync(PersonId person, CancellationToken stop)
    {
        var messages = await Of(person).AsNoTracking().OrderBy(m => m.Id).ToListAsync(stop);
        return [new PersonSection("messages", ["at", "channel", "address", "text", "state"], [.. messages.Select(m => Cells(m, box.Open(m)))])];
    }

    public Task<IReadOnlyList<Refusal>> ObstaclesAsync(PersonId person, CancellationToken stop) => Task.FromResult<IReadOnlyList<Refusal>>([]);

    public async Task<IReadOnlyList<ErasureLine>> PlanAsync(PersonId person, CancellationToken stop) => [new ErasureLine("messages", await Of(person).CountAsync(stop), IsErased: true)];

    public async Task EraseAsync(PersonId person, CancellationToken stop)
    {
        var messages = await Of(person).ToListAsync(stop);
        var ids = messages.ConvertAll(m => m.Id);
        db.RemoveRange(await db.Set<MessageAttempt>().Where(a => ids.Contains(a.Message)).ToListAsync(stop));
        db.RemoveRange(messages);
    }

    private IQueryable<OutgoingMessage> Of(PersonId person)
    {
        var id = person.Value;
        return db.Set<OutgoingMessage>().Where(m => m.Person == id);
    }

    private string?[] Cells(OutgoingMessage message, PlainMessage plain) =>
        [calendar.Local(message.MadeAt).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), message.Channel.ToString(), plain.Address, plain.Text, message.State.ToString()];
}
