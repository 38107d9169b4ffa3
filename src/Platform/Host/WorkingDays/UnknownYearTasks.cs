using Anlan.Kernel.Time;
using Anlan.Toolkit.Time;
using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.WorkingDays;

/// <summary>The next year's holidays, once they are published (the State Council does so in November): terms that reach into an unknown year cannot be counted.</summary>
internal sealed class UnknownYearTasks(WorkDays days, CityCalendar calendar, IStringLocalizer<Words> words) : IDeskTasks
{
    private const int MonthOfPublication = 11;

    public Task<IReadOnlyList<DeskTask>> OfReaderAsync(CancellationToken stop)
    {
        var (today, next) = (calendar.Today, calendar.Today.Year + 1);
        var missing = !days.Calendar.Knows(today.Year) ? today.Year : today.Month >= MonthOfPublication && !days.Calendar.Knows(next) ? next : 0;
        return Task.FromResult<IReadOnlyList<DeskTask>>(missing == 0 ? [] : [new DeskTask(
            "cal", words["Desk.UnknownYear", missing], words["Desk.UnknownYear.Why"], missing == today.Year ? today : new DateOnly(today.Year, 12, 31), words["Desk.UnknownYear.Do"], $"/working-days?year={missing}")]);
    }
}
