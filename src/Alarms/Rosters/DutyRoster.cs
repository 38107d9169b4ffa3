using Anlan.Contracts.Accounts;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Time;

namespace Anlan.Alarms.Rosters;

/// <summary>Who is on duty for an office: by its shifts, with whoever stands in for those who are away.</summary>
internal sealed class DutyRoster(ShiftIndex shifts, LeaveIndex leaves, WorkDays workDays, CityCalendar calendar)
{
    // Somebody stands in for somebody who stands in; plans that lead in a circle end here.
    private const int MostSubstitutes = 3;

    /// <summary>One shift of one day.</summary>
    /// <param name="Account">Who does it.</param>
    /// <param name="For">Whose shift it is, when that is somebody else; else null.</param>
    /// <param name="From">Begin, local.</param>
    /// <param name="To">End, local.</param>
    public sealed record Turn(Guid Account, Guid? For, DateTime From, DateTime To);

    /// <summary>Who is on duty at a moment; empty where nobody planned that hour.</summary>
    public IReadOnlySet<Guid> At(Office office, DateTimeOffset moment)
    {
        var local = calendar.Local(moment).DateTime;
        var today = DateOnly.FromDateTime(local);
        // A night shift of yesterday goes on this morning.
        return TurnsOf(office, today.AddDays(-1)).Concat(TurnsOf(office, today)).Where(turn => turn.From <= local && local < turn.To).Select(turn => turn.Account).ToHashSet();
    }

    /// <summary>The shifts that begin on a day, the earliest first.</summary>
    public IReadOnlyList<Turn> TurnsOf(Office office, DateOnly day) =>
        [.. shifts.All.Where(shift => OfficeReach.OfficeOf(shift) == office && IsWorked(shift, day)).Select(shift => TurnOf(office, shift, day)).OrderBy(turn => turn.From).ThenBy(turn => turn.Account)];

    private bool IsWorked(DutyShift shift, DateOnly day)
    {
        if (day < shift.FirstDay || day > shift.LastDay) return false;
        // Of a year that nobody published one shift too many is told rather than none.
        if (shift.Days == DutyDays.Every || workDays.Calendar.IsWorked(day) is not { IsDone: true } isWorked) return true;
        return isWorked.Value == (shift.Days == DutyDays.Working);
    }

    private Turn TurnOf(Office office, DutyShift shift, DateOnly day)
    {
        var account = shift.Account;
        for (var step = 0; step < MostSubstitutes; step++)
        {
            var away = leaves.All.Where(leave => leave.Account == account && OfficeReach.OfficeOf(leave) == office && leave.FirstDay <= day && day <= leave.LastDay).MaxBy(leave => leave.Id);
            if (away is null) break;
            account = away.Substitute;
        }

        return new Turn(account, account == shift.Account ? null : shift.Account, day.ToDateTime(shift.From), (shift.To > shift.From ? day : day.AddDays(1)).ToDateTime(shift.To));
    }
}
