using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;

namespace Anlan.Tests.Welding.Telemetry;

/// <summary>Measurements are read back as they were written, to a tenth.</summary>
public sealed class TelemetryKindTests
{
    [Theory]
    [Trait("Requirement", "CHIP-TELEMETRY-04")]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_measured_is_read_back(bool isClockTrusted)
    {
        long? at = isClockTrusted ? 1_795_500_000_000 : null;
        TelemetryPoint[] points =
        [
            new(at - 2_000, 58_000, 187.4, 24.6, true, 41.5, false),
            new(at - 1_000, 59_000, 0, 0, false, -12.3, true),
            new(at, 60_000, 1e5, 9.96, true, 41.54, false),
        ];
        var body = new TelemetryBody("CHIP-1", Guid.CreateVersion7(), 3, 17, 60_000, at, isClockTrusted ? Guid.CreateVersion7() : null, points);

        var read = Assert.IsType<TelemetryBody>(ChipLog.Telemetry.Decode(ChipLog.Telemetry.Draft("chip/CHIP-1", DateTimeOffset.UnixEpoch, body).Body));

        Assert.Equal(body with { Points = [] }, read with { Points = [] });
        Assert.Equal([points[0], points[1], points[2] with { V = 10, Temp = 41.5 }], read.Points);
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("7B7D")]
    [InlineData("88636162630000000000009F")]
    public void Rubbish_is_said_to_be_rubbish(string hex) => Assert.Throws<FormatException>(() => ChipLog.Telemetry.Decode(Convert.FromHexString(hex)));
}
