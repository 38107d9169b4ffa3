using Anlan.Alarms.Board;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Alarms;

namespace Anlan.Alarms.Desk;

/// <summary>An alarm as lists and answers show it.</summary>
/// <param name="Number">Its number, also the position in the log of the entry that told of it.</param>
/// <param name="Kind">Key of its kind.</param>
/// <param name="What">What is the matter, in words.</param>
/// <param name="Subject">Where: <c>machine/…</c>, <c>figure/…</c>.</param>
/// <param name="Name">What people call the subject.</param>
/// <param name="Enterprise">Whose, or null.</param>
/// <param name="EnterpriseName">Its name, or null.</param>
/// <param name="Division">Where, or null.</param>
/// <param name="DivisionName">Its name, or null.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Level">How far up it was told because nobody took it over.</param>
/// <param name="RaisedAt">When it was told of first.</param>
/// <param name="LastAt">When it was told of last.</param>
/// <param name="Times">How often it was told of.</param>
/// <param name="IsLasting">True while its condition goes on.</param>
/// <param name="AcknowledgedAt">When somebody took it over, or null.</param>
/// <param name="AcknowledgedBy">Who, or null.</param>
/// <param name="EndedAt">When it ended, or null.</param>
/// <param name="Picture">Address of the picture that shows it, or null.</param>
public sealed record AlarmRow(
    long Number, string Kind, string What, string Subject, string Name, Guid? Enterprise, string? EnterpriseName, string? Division, string? DivisionName, AlarmSeverity Severity, AlarmState State, int Level,
    DateTimeOffset RaisedAt, DateTimeOffset LastAt, int Times, bool IsLasting, DateTimeOffset? AcknowledgedAt, string? AcknowledgedBy, DateTimeOffset? EndedAt, string? Picture);

/// <summary>Puts names to alarms.</summary>
internal sealed class AlarmRows(AlarmWords words, IEnterprises enterprises, IDivisions divisions, Contracts.Accounts.IAccountNames accounts)
{
    public AlarmRow Of(Alarm alarm) => new(
        alarm.Number, alarm.Kind, words.Say(alarm), alarm.Subject, alarm.Name, alarm.Enterprise?.Value, alarm.Enterprise is { } enterprise ? enterprises.Find(enterprise)?.Name : null,
        alarm.Division?.Value, alarm.Division is { } division ? divisions.Find(division)?.Name : null, alarm.Severity, alarm.State, alarm.Level,
        alarm.RaisedAt, alarm.LastAt, alarm.Times, alarm.IsLasting, alarm.AcknowledgedAt, alarm.AcknowledgedBy is { } account ? accounts.NameOf(account) : null, alarm.EndedAt, alarm.Picture);
}
