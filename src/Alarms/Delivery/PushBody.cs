using System.Text.Json.Serialization;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Log;

namespace Anlan.Alarms.Delivery;

/// <summary>Body of <c>alarm.push</c>: an alarm was told to a level.</summary>
/// <param name="Alarm">Number of the alarm.</param>
/// <param name="Level">0 enterprise and town station at once, 1 to 3 because nobody took it over.</param>
/// <param name="Kind">Key of its kind.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Subject">Where.</param>
/// <param name="Name">What people call the subject.</param>
/// <param name="Enterprise">Whose, or null.</param>
/// <param name="Division">Where it is, or null.</param>
/// <param name="ToEnterprise">How many of the enterprise were told.</param>
/// <param name="ToOthers">How many of those who supervise it, or who run the installation, were told.</param>
/// <param name="Messages">How many messages left.</param>
internal sealed record PushBody(long Alarm, int Level, string Kind, AlarmSeverity Severity, string Subject, string Name, Guid? Enterprise, string? Division, int ToEnterprise, int ToOthers, int Messages)
{
    /// <summary>The kind of log entry.</summary>
    public static LogKind<PushBody> LogKind { get; } = new("alarm.push", PushJson.Default.PushBody);

    /// <summary>A draft that is written once for each level.</summary>
    public LogDraft Draft(DateTimeOffset at) => LogKind.Draft("alarm/" + Alarm, at, this) with { Once = $"alarm.push/{Level}/{Alarm}" };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PushBody))]
internal sealed partial class PushJson : JsonSerializerContext;
