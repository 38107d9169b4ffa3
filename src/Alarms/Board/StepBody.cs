using System.Text.Json.Serialization;
using Anlan.Toolkit.Log;

namespace Anlan.Alarms.Board;

/// <summary>Body of <c>alarm.step</c>.</summary>
/// <param name="Alarm">Number of the alarm.</param>
/// <param name="Act">What was done.</param>
/// <param name="Side">For whom.</param>
/// <param name="Account">Who; empty for the platform itself.</param>
/// <param name="Organ">For which organ, or null.</param>
/// <param name="Enterprise">For which enterprise, or null.</param>
/// <param name="Lat">Where the phone was, WGS-84, or null.</param>
/// <param name="Lon">Where the phone was, WGS-84, or null.</param>
/// <param name="Note">Why, or what was found or done, or null.</param>
/// <param name="Level">Up to which level it was told, for an escalation.</param>
/// <param name="For">The account whose handed-on permission was used, or null.</param>
/// <param name="ApiKey">The API key with which a program acted, or null.</param>
internal sealed record StepBody(long Alarm, AlarmAct Act, AlarmSide Side, Guid Account, Guid? Organ, Guid? Enterprise, double? Lat, double? Lon, string? Note, int? Level, Guid? For = null, Guid? ApiKey = null)
{
    /// <summary>The kind of log entry.</summary>
    public static LogKind<StepBody> LogKind { get; } = new("alarm.step", StepJson.Default.StepBody);

    /// <summary>A draft that is written once for each step of an alarm: of two who do the same, one was first.</summary>
    public LogDraft Draft(DateTimeOffset at) => LogKind.Draft("alarm/" + Alarm, at, this) with { Once = Key };

    // A sound is turned off by each for himself; each level is told once.
    private string Key => Act switch
    {
        AlarmAct.Silence => $"alarm.Silence/{Account:N}/{Alarm}",
        AlarmAct.Escalate => $"alarm.Escalate/{Level}/{Alarm}",
        _ => $"alarm.{Act}/{Alarm}",
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StepBody))]
internal sealed partial class StepJson : JsonSerializerContext;
