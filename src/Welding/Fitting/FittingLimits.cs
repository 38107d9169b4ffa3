using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Welding.Interlock;
using Anlan.Welding.Machines;

namespace Anlan.Welding.Fitting;

/// <summary>What the rule book demands of a fitting today, where the machine stands.</summary>
internal sealed record FittingLimits(RuleAnswer Relay, RuleAnswer Current, RuleAnswer Voltage, RuleAnswer Fence, RuleAnswer Signal, RuleAnswer Wait, RuleAnswer Tamper, RuleAnswer Machine, RuleAnswer TestAge, RuleAnswer Photos, RuleAnswer Online);

/// <summary>Asks the rule book about fittings.</summary>
internal sealed class FittingRules(RuleBook book, CityCalendar calendar)
{
    public FittingLimits For(MachineFacts machine)
    {
        var about = new RuleCase(calendar.Today) { Place = machine.Division, Subject = WeldingLimits.SubjectOf(machine.Kind) };
        return new FittingLimits(
            book.Demand(FittingQuestions.Relay, about), book.Demand(FittingQuestions.Current, about), book.Demand(FittingQuestions.Voltage, about), book.Demand(WeldingQuestions.Fence, about),
            book.Demand(FittingQuestions.Signal, about), book.Demand(FittingQuestions.Wait, about), book.Demand(WeldingQuestions.ChipTamper, about), book.Demand(WeldingQuestions.Machine, about),
            book.Demand(FittingQuestions.TestAge, about), book.Demand(FittingQuestions.Photos, about), book.Demand(WeldingQuestions.ChipOnline, about));
    }
}

/// <summary>What fittings ask the rule book beside the interlock's own questions.</summary>
internal static class FittingQuestions
{
    public const string Relay = "welding.testRelay";
    public const string Current = "welding.testCurrent";
    public const string Voltage = "welding.testVoltage";
    public const string Signal = "welding.testSignal";
    public const string Wait = "welding.testWait";
    public const string TestAge = "welding.testAge";
    public const string Photos = "welding.fittingPhotos";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Relay, Current, Voltage, Signal, Wait, TestAge, Photos];
}
