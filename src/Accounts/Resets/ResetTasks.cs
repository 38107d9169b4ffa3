using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Localization;

namespace Anlan.Accounts.Resets;

/// <summary>Resets that wait for the reader's word.</summary>
internal sealed class ResetTasks(ListResets list, CityCalendar calendar, IStringLocalizer<Words> words) : IDeskTasks
{
    public async Task<IReadOnlyList<DeskTask>> OfReaderAsync(CancellationToken stop)
    {
        var waiting = (await list.RunAsync(new PageRequest(1, 100), stop)).Items.Where(row => row.CanConfirm).ToList();
        return [.. waiting.Select(row => new DeskTask("user", words["Desk.Reset", row.UserName], words["Desk.Reset.Why", row.AskedByName], calendar.DateOf(row.ExpiresAt), words["Desk.See"], "/accounts/resets"))];
    }
}
