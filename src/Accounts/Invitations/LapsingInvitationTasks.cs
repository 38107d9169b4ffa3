using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Accounts.Invitations;

/// <summary>Codes that the reader handed out and nobody used: soon they serve no more.</summary>
internal sealed class LapsingInvitationTasks(AccountsDb db, CurrentActor current, CityCalendar calendar, IStringLocalizer<Words> words) : IDeskTasks
{
    private const int DaysBefore = 3;

    public async Task<IReadOnlyList<DeskTask>> OfReaderAsync(CancellationToken stop)
    {
        var (now, before, own) = (calendar.Now, calendar.Now.AddDays(DaysBefore), current.Actor.Account);
        var ends = await db.Invitations.AsNoTracking().Where(i => i.CreatedBy == own && i.ClosedAt == null && i.ExpiresAt > now && i.ExpiresAt < before).Select(i => i.ExpiresAt).ToListAsync(stop);
        return ends.Count == 0 ? [] : [new DeskTask("user", words["Desk.Invitations", ends.Count], words["Desk.Invitations.Why"], calendar.DateOf(ends.Min()), words["Desk.See"], "/accounts")];
    }
}
