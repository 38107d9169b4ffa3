using Anlan.Alarms.Board;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Localization;

namespace Anlan.Alarms.Desk;

/// <summary>Says alarms in the words of the module that declared their kind.</summary>
internal sealed class AlarmWords(AlarmKinds kinds, IStringLocalizerFactory localizers, CityCalendar calendar)
{
    /// <summary>What is the matter, with the measured value and the limit.</summary>
    public string Say(Alarm alarm)
    {
        if (WordsOf(alarm.Kind) is not { } words) return alarm.Kind;
        return words["Alarm." + alarm.Kind, words.Say(alarm.MeasuredValue, calendar) ?? "", words.Say(alarm.LimitValue, calendar) ?? "", alarm.Name];
    }

    /// <summary>What a kind is called in lists of kinds.</summary>
    public string SayKind(string kind) => WordsOf(kind) is { } words ? words[$"Alarm.{kind}.Kind"] : kind;

    /// <summary>What to do now.</summary>
    public string? SayDo(Alarm alarm) => WordsOf(alarm.Kind)?[$"Alarm.{alarm.Kind}.Do"] is { ResourceNotFound: false } found ? found.Value : null;

    /// <summary>A measured value or limit of an alarm.</summary>
    public string? Say(Alarm alarm, Kernel.Outcomes.FactValue? value) => WordsOf(alarm.Kind) is { } words ? words.Say(value, calendar) : value?.Value;

    private IStringLocalizer? WordsOf(string kind) => kinds.Find(kind) is { } known ? localizers.Create(known.Words) : null;
}
