using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Worker.Ingest;

namespace Anlan.Tests.Cameras.Worker.Ingest;

/// <summary>What ffmpeg says reaches reports and logs without any address.</summary>
public sealed class ScrubberTests
{
    private static readonly CameraAddress Address = CameraAddress.Parse("rtsp://opsadmin:p%40ss@cam.example:554/live", AddressReach.OwnNetwork, out _)!;

    [Theory]
    [InlineData("[concat @ 0x55cb] Impossible to open 'rtsp://opsadmin:p%40ss@cam.example:554/live'", "[concat] Impossible to open '…")]
    [InlineData("[tcp @ 0x1] Connection to tcp://cam.example:554?timeout=1 failed: Connection refused", "[tcp] Connection to … failed: Connection refused")]
    [InlineData("method DESCRIBE failed: 401 Unauthorized for opsadmin with p@ss at CAM.example", "method DESCRIBE failed: 401 Unauthorized for … with … at …")]
    [InlineData("first\nsecond\u001b[31m\n    Last message repeated 3 times\n", "second[31m")]
    [InlineData("\n", null)]
    public void The_last_words_are_kept_without_address_user_password_and_unseen_characters(string said, string? expected)
    {
        Assert.Equal(expected, Scrubber.Clean(said, Address));
    }

    [Fact]
    public void A_short_user_or_password_leaves_other_words_readable()
    {
        var address = CameraAddress.Parse("rtsp://u:un@cam.example/live", AddressReach.OwnNetwork, out _)!;

        Assert.Equal("Unauthorized: user … with …", Scrubber.Clean("Unauthorized: user u with un", address));
    }

    [Fact]
    public void Long_words_are_cut()
    {
        Assert.Equal(200, Scrubber.Clean(new string('x', 5000), Address)!.Length);
    }
}
