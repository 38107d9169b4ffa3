using Anlan.Alarms.Rosters;
using Anlan.Contracts.Accounts;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Time;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests.Alarms.Rosters;

/// <summary>Who is on duty when: nights, working days and holidays, people who stand in.</summary>
public sealed class DutyRosterTests
{
    private static readonly Guid Zhang = Guid.CreateVersion7();
    private static readonly Guid Li = Guid.CreateVersion7();
    private static readonly Guid Wang = Guid.CreateVersion7();
    private static readonly OrganId Station = new(Guid.CreateVersion7());
    private static readonly Office Office = new(Station.Value, null);

    private readonly ShiftIndex _shifts = new();
    private readonly LeaveIndex _leaves = new();
    private readonly DutyRoster _roster;

    public DutyRosterTests() => _roster = new DutyRoster(_shifts, _leaves, new WorkDays(), new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), new FakeTimeProvider()));

    [Theory]
    [InlineData("2026-03-04 07:59", "")]
    [InlineData("2026-03-04 08:00", "Zhang")]
    [InlineData("2026-03-04 19:59", "Zhang")]
    [InlineData("2026-03-04 20:00", "Li")]
    [InlineData("2026-03-05 00:30", "Li")]
    [InlineData("2026-03-05 07:59", "Li")]
    public void A_night_shift_goes_on_the_next_morning(string at, string who)
    {
        Shift(Zhang, 8, 20, from: new DateOnly(2026, 3, 4));
        Shift(Li, 20, 8, from: new DateOnly(2026, 3, 4));
        AssertOnDuty(who, at);
    }

    // 2026-05-01 to 05 is the holiday of Labour Day, 05-09 is worked instead.
    [Theory]
    [InlineData("2026-04-30 12:00", "Zhang")]
    [InlineData("2026-05-01 12:00", "Li")]
    [InlineData("2026-05-09 12:00", "Zhang")]
    [InlineData("2026-05-10 12:00", "Li")]
    [InlineData("2099-05-09 12:00", "Zhang Li")]
    public void Holidays_have_shifts_of_their_own_and_of_an_unpublished_year_both_are_told(string at, string who)
    {
        Shift(Zhang, 8, 20, DutyDays.Working);
        Shift(Li, 8, 20, DutyDays.Rest);
        AssertOnDuty(who, at);
    }

    [Theory]
    [InlineData("2026-03-03 12:00", "Zhang")]
    [InlineData("2026-03-04 12:00", "Li")]
    [InlineData("2026-03-05 12:00", "Wang")]
    [InlineData("2026-03-06 12:00", "Zhang")]
    public void Who_is_away_is_replaced_also_when_the_one_who_stands_in_is_away(string at, string who)
    {
        Shift(Zhang, 8, 20);
        Leave(Zhang, Li, 4, 5);
        Leave(Li, Wang, 5, 5);
        AssertOnDuty(who, at);
    }

    [Fact]
    public void People_who_stand_in_for_each_other_lead_to_no_endless_search()
    {
        Shift(Zhang, 8, 20);
        Leave(Zhang, Li, 4, 4);
        Leave(Li, Zhang, 4, 4);
        Assert.Single(_roster.At(Office, Local("2026-03-04 12:00")));
    }

    [Fact]
    public void Another_office_has_a_plan_of_its_own_and_a_whole_day_is_a_shift()
    {
        Shift(Zhang, 8, 8, from: new DateOnly(2026, 3, 4), to: new DateOnly(2026, 3, 4));
        Assert.Empty(_roster.At(new Office(Guid.CreateVersion7(), null), Local("2026-03-04 12:00")));
        AssertOnDuty("Zhang", "2026-03-05 07:59");
        AssertOnDuty("", "2026-03-05 08:00");
    }

    private void AssertOnDuty(string who, string at)
    {
        var names = new Dictionary<Guid, string> { [Zhang] = "Zhang", [Li] = "Li", [Wang] = "Wang" };
        Assert.Equal(who.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), _roster.At(Office, Local(at)).Select(account => names[account]).Order());
    }

    private static DateTimeOffset Local(string at) => new(DateTime.Parse(at, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    private void Shift(Guid who, int begin, int end, DutyDays days = DutyDays.Every, DateOnly? from = null, DateOnly? to = null) =>
        _shifts.Apply(new DutyShift { Id = Guid.CreateVersion7(), Organ = Station, Account = who, Days = days, From = new TimeOnly(begin, 0), To = new TimeOnly(end, 0), FirstDay = from ?? new DateOnly(2026, 1, 1), LastDay = to }, isDeleted: false);

    private void Leave(Guid who, Guid substitute, int first, int last) =>
        _leaves.Apply(new DutyLeave { Id = Guid.CreateVersion7(), Organ = Station, Account = who, Substitute = substitute, FirstDay = new DateOnly(2026, 3, first), LastDay = new DateOnly(2026, 3, last) }, isDeleted: false);
}
