using System.Text.Json.Serialization;
using Anlan.Contracts.Devices;
using Anlan.Kernel.Places;
using Anlan.Toolkit.Log;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;

namespace Anlan.Welding.Fitting;

/// <summary>Body of <c>chip.test</c>: a self-test was asked for.</summary>
internal sealed record TestAskedBody(string Serial, Guid Machine, Guid Downlink, Guid Account);

/// <summary>Body of <c>chip.tested</c>: what the chip measured, or why it did not.</summary>
internal sealed record TestedBody(
    string Serial, Guid? Machine, long Boot, long Seq, long Up, long? At, Guid Id, bool Ok, ChipRefusal? Why, bool? Contact, double? A, double? V, Guid? Believed, bool Tamper, double? Lat, double? Lon, int? Rssi) : IChipBody
{
    long? IDeviceReport.Boot => Boot;
    bool? IDeviceReport.Online => null;
    bool? IDeviceReport.Relay => null;
    bool? IDeviceReport.Tampered => null;
    long? IDeviceReport.Counter => null;
    GeoPoint? IDeviceReport.Position => Place.Of(Lat, Lon);
    string? IDeviceReport.Firmware => null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TestAskedBody))]
[JsonSerializable(typeof(TestedBody))]
internal sealed partial class SelfTestJson : JsonSerializerContext;

/// <summary>The kinds of log entries of self-tests.</summary>
internal static class SelfTestLog
{
    public static readonly LogKind<TestAskedBody> Asked = new("chip.test", SelfTestJson.Default.TestAskedBody);
    public static readonly LogKind<TestedBody> Tested = new("chip.tested", SelfTestJson.Default.TestedBody);
}
