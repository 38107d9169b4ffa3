using System.Text.Json.Serialization;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Log;

namespace Anlan.Toolkit.Alarms;

/// <summary>Body of <c>alarm.condition</c>: a watched condition began or is over.</summary>
/// <param name="Kind">Key of the kind.</param>
/// <param name="Subject">Where.</param>
/// <param name="Name">What people call the subject.</param>
/// <param name="IsOver">True when it is over.</param>
/// <param name="Enterprise">Whose it is, or null.</param>
/// <param name="Division">Where it is, or null.</param>
/// <param name="Measured">What was measured, or null.</param>
/// <param name="Limit">What is allowed, or null.</param>
/// <param name="Rule">The rule that names the limit, or null.</param>
/// <param name="RuleOn">The day that made the rule apply, or null.</param>
/// <param name="Lat">Where it is on the map, WGS-84, or null.</param>
/// <param name="Lon">Where it is on the map, WGS-84, or null.</param>
public sealed record ConditionBody(string Kind, string Subject, string Name, bool IsOver, Guid? Enterprise, string? Division, FactValue? Measured, FactValue? Limit, string? Rule, DateOnly? RuleOn, double? Lat = null, double? Lon = null)
{
    /// <summary>The kind of log entry.</summary>
    public static LogKind<ConditionBody> LogKind { get; } = new("alarm.condition", ConditionJson.Default.ConditionBody);

    /// <summary>What a watch saw, as it is written down.</summary>
    public static ConditionBody Of(AlarmSignal signal) =>
        new(signal.Kind.Key, signal.Subject, signal.Name, signal.IsOver, signal.Enterprise, signal.Division?.Value, signal.Measured, signal.Limit, signal.Rule, signal.RuleOn, signal.Place?.Latitude, signal.Place?.Longitude);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConditionBody))]
internal sealed partial class ConditionJson : JsonSerializerContext;
