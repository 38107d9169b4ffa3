using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Alarms;
using Anlan.Welding.Interlock;
using Anlan.Welding.Machines;

namespace Anlan.Welding.Alarms;

/// <summary>From where on something at a machine is an alarm, by the rules of today.</summary>
internal sealed class AlarmLimits(RuleBook book, CityCalendar calendar)
{
    public const string Session = "welding.alarmSession";
    public const string Offline = "welding.alarmOffline";
    public const string Idle = "welding.alarmIdle";
    public const string Certificate = "welding.alarmCertificate";
    public const string Refusals = "welding.alarmRefusals";
    public const string RefusalsWindow = "welding.alarmRefusalsWindow";

    /// <summary>All of them, for the rule book.</summary>
    public static IReadOnlyList<string> All { get; } = [Session, Offline, Idle, Certificate, Refusals, RefusalsWindow];

    /// <summary>The rule for a machine; the city's own without one.</summary>
    public RuleAnswer Of(string question, MachineFacts? machine = null) =>
        book.Demand(question, new RuleCase(calendar.Today) { Place = machine?.Division, Subject = machine is null ? null : WeldingLimits.SubjectOf(machine.Kind) });
}

/// <summary>Names the rule behind an alarm.</summary>
internal static class RuledSignals
{
    /// <summary>With the rule that was broken.</summary>
    public static AlarmSignal By(this AlarmSignal signal, RuleAnswer rule, Kernel.Outcomes.FactValue measured, Kernel.Outcomes.FactValue limit) =>
        signal with { Lasts = true, Measured = measured, Limit = limit, Rule = rule.Deciding.Id, RuleOn = rule.Rules[0].On };
}
