using Anlan.Host.Operations.Figures;

namespace Anlan.Tests.Platform.Host.Operations.Figures;

/// <summary>When a figure becomes an alarm and when the alarm ends: measurements and time in, state out.</summary>
public sealed class FigureAlarmTests
{
    private static readonly DateTimeOffset Noon = new(2040, 3, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_figure_is_an_alarm_after_it_stood_at_its_limit_for_a_while()
    {
        var alarm = new FigureAlarm(30);
        foreach (var second in (int[])[0, 20, 40, 59]) alarm = Take(alarm, 30, second);
        Assert.Null(alarm.RaisedAt);

        alarm = Take(alarm, 31, 60);

        Assert.Equal(Noon.AddSeconds(60), alarm.RaisedAt);
    }

    [Fact]
    public void A_peak_or_two_are_no_alarm()
    {
        var alarm = new FigureAlarm(30);
        foreach (var second in (int[])[0, 55]) alarm = Take(alarm, 99, second);
        alarm = Take(alarm, 29.9, 58);
        alarm = Take(alarm, 99, 61);

        Assert.Null(alarm.RaisedAt);
    }

    [Fact]
    public void What_cannot_be_measured_is_not_well()
    {
        var alarm = Take(Take(new FigureAlarm(30), null, 0), null, 60);
        Assert.Equal(Noon.AddSeconds(60), alarm.RaisedAt);

        Assert.Equal(Noon.AddSeconds(60), Take(Take(alarm, null, 200), null, 400).RaisedAt);
    }

    [Fact]
    public void An_alarm_ends_after_the_figure_was_well_for_a_while_without_a_pause()
    {
        var alarm = Take(Take(new FigureAlarm(30), 40, 0), 40, 60);
        alarm = Take(alarm, 0, 70);
        alarm = Take(alarm, 40, 100);
        alarm = Take(alarm, 0, 110);
        alarm = Take(alarm, 0, 169);
        Assert.NotNull(alarm.RaisedAt);

        Assert.Null(Take(alarm, 0, 170).RaisedAt);
    }

    [Fact]
    public void A_clock_that_was_set_back_begins_the_wait_anew()
    {
        var alarm = Take(new FigureAlarm(30), 40, 3_600);
        alarm = Take(alarm, 40, 0);
        alarm = Take(alarm, 40, 60);

        Assert.Equal(Noon.AddSeconds(60), alarm.RaisedAt);
    }

    private static FigureAlarm Take(FigureAlarm alarm, double? value, int second) => alarm.After(value, Noon.AddSeconds(second), Minute, Minute);
}
