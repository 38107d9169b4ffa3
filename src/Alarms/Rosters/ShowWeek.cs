using Anlan.Contracts.Accounts;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Alarms.Rosters;

/// <summary>Who of one's own office is on duty within the next days.</summary>
internal sealed class ShowWeek(DutyRoster roster, OfficeReach reach, IAccountNames accounts, WorkDays workDays, CityCalendar calendar)
{
    private const int Days = 7;

    /// <param name="On">The day.</param>
    /// <param name="Kind">What kind of day, or null for a year whose days are not known.</param>
    /// <param name="Turns">Who is on duty, the earliest first.</param>
    public sealed record Day(DateOnly On, DayKind? Kind, IReadOnlyList<Turn> Turns);

    /// <param name="Account">Who.</param>
    /// <param name="For">For whom he stands in, or null.</param>
    /// <param name="From">Begin, local.</param>
    /// <param name="To">End, local.</param>
    public sealed record Turn(string? Account, string? For, DateTime From, DateTime To);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/alarms/duty/week", (ShowWeek slice) => slice.Run()).RequirePermission(AlarmsPermissions.View).Scoped(ScopedBy.Own).WithTags("Duty").WithSummary("Who of one's own office is on duty within the next seven days");

    public IReadOnlyList<Day> Run() => [.. Enumerable.Range(0, Days).Select(offset => DayOf(calendar.Today.AddDays(offset)))];

    private Day DayOf(DateOnly on) => new(on, workDays.Calendar.KindOf(on) is { IsDone: true } kind ? kind.Value : null, [.. roster.TurnsOf(reach.Own, on).Select(turn => new Turn(accounts.NameOf(turn.Account), turn.For is { } whose ? accounts.NameOf(whose) : null, turn.From, turn.To))]);
}
