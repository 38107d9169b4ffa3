using Anlan.Alarms.Board;
using Anlan.Toolkit.Alarms;

namespace Anlan.Tests.Alarms.Board;

public sealed class AlarmRuleTests
{
    private static readonly Dictionary<AlarmState, AlarmAct[]> Allowed = new()
    {
        [AlarmState.Raised] = [AlarmAct.Acknowledge, AlarmAct.Arrive, AlarmAct.MarkFalse, AlarmAct.Silence],
        [AlarmState.Acknowledged] = [AlarmAct.Arrive, AlarmAct.Verify, AlarmAct.MarkFalse],
        [AlarmState.OnSite] = [AlarmAct.Verify, AlarmAct.MarkFalse],
        [AlarmState.Verified] = [AlarmAct.Handle, AlarmAct.Refer],
        [AlarmState.False] = [],
        [AlarmState.Handled] = [AlarmAct.Close, AlarmAct.Refer],
        [AlarmState.Closed] = [],
        [AlarmState.Referred] = [],
    };

    [Fact]
    public void Of_every_state_only_the_steps_that_follow_are_allowed_and_the_others_name_the_state()
    {
        foreach (var state in Enum.GetValues<AlarmState>())
        {
            Assert.Equal(Allowed[state].Order(), AlarmRule.Acts.Where(act => AlarmRule.Check(AnAlarm(state), act) is null).Order());
            foreach (var act in AlarmRule.Acts.Except(Allowed[state])) Assert.Equal(("AlarmStepOutOfTurn", "State." + state), (AlarmRule.Check(AnAlarm(state), act)!.Code, AlarmRule.Check(AnAlarm(state), act)!.Measured!.Value));
        }
    }

    [Fact]
    public void While_its_condition_goes_on_an_alarm_is_not_closed_but_may_be_called_false()
    {
        var lasting = AnAlarm(AlarmState.Handled);
        lasting.IsLasting = true;
        Assert.Equal("AlarmLasts", AlarmRule.Check(lasting, AlarmAct.Close)!.Code);
        lasting.State = AlarmState.OnSite;
        Assert.Null(AlarmRule.Check(lasting, AlarmAct.MarkFalse));
    }

    [Fact]
    public void Every_way_ends()
    {
        var reached = new HashSet<AlarmState> { AlarmState.Raised };
        for (var before = 0; before != reached.Count;)
        {
            before = reached.Count;
            reached.UnionWith([.. reached.SelectMany(state => Allowed[state].Select(act => AlarmRule.After(state, act)))]);
        }

        Assert.Equal(Enum.GetValues<AlarmState>().Order(), reached.Order());
        Assert.Equal([AlarmState.False, AlarmState.Closed, AlarmState.Referred], Enum.GetValues<AlarmState>().Where(state => !AlarmRule.IsOpen(state)));
    }

    private static Alarm AnAlarm(AlarmState state) => new() { Kind = "k", Key = "k|s", Subject = "s", Source = "s", Name = "n", Severity = AlarmSeverity.Severe, State = state };
}
