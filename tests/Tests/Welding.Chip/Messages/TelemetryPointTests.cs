using System.Text;
using Anlan.Welding.Chip.Messages;

namespace Anlan.Tests.Welding.Chip.Messages;

/// <summary>A point is read by hand, and as strictly as every other message.</summary>
public sealed class TelemetryPointTests
{
    private const string Whole = """{"t":1795500000000,"up":1000,"a":187.4,"v":24.6,"arc":true,"temp":-12.5,"gas":false}""";

    [Fact]
    public void A_point_is_read_as_it_was_written_whatever_else_stands_beside_it()
    {
        var batch = Read(Whole);
        Assert.Equal(new TelemetryPoint(1_795_500_000_000, 1000, 187.4, 24.6, true, -12.5, false), Assert.Single(batch.Points));
        Assert.Equal(batch.Points, ChipJson.Read<TelemetryBatch>(ChipJson.Write(batch)).Points);
        Assert.Equal(batch.Points, Read(Whole.Replace("\"up\"", "\"more\":{\"a\":[1,2]},\"up\"", StringComparison.Ordinal)).Points);
        Assert.Null(Read(Whole.Replace("1795500000000", "null", StringComparison.Ordinal)).Points[0].T);
    }

    [Theory]
    [InlineData("\"a\":187.4,", "", "a is missing")]
    [InlineData("\"a\":187.4,", "\"a\":1,\"a\":2,", "a is there twice")]
    [InlineData("187.4", "\"187.4\"", "a is no number")]
    [InlineData("187.4", "1e999", "a is no number")]
    [InlineData("187.4", "null", "a is no number")]
    [InlineData("\"up\":1000", "\"up\":1000.5", "up is no whole number")]
    [InlineData("\"up\":1000", "\"up\":null", "up is no whole number")]
    [InlineData("\"arc\":true", "\"arc\":1", "arc is neither true nor false")]
    [InlineData("\"gas\":false", "\"Gas\":false", "gas is missing")]
    public void What_is_wrong_with_a_point_is_named(string part, string instead, string told)
    {
        var refused = Assert.Throws<UnreadableMessageException>(() => Read(Whole.Replace(part, instead, StringComparison.Ordinal)));

        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
        Assert.Contains("points", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    public void What_is_no_point_is_refused(string point) => Assert.Throws<UnreadableMessageException>(() => Read(point));

    private static TelemetryBatch Read(string point) => ChipJson.Read<TelemetryBatch>(Encoding.UTF8.GetBytes($$"""{"boot":1,"seq":2,"up":5000,"at":null,"session":null,"points":[{{point}}]}"""));
}
