using System.Text.Json;
using System.Text.Json.Serialization;

namespace Anlan.Cameras.Sight.Zones;

/// <summary>How zones and hours are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ZoneSet))]
[JsonSerializable(typeof(IReadOnlyList<WatchHours>))]
[JsonSerializable(typeof(IReadOnlyList<Zone>))]
public sealed partial class ZoneJson : JsonSerializerContext;
