using System.Net;
using Anlan.Cameras.Sight.Wire;

namespace Anlan.Tests.Cameras.Sight.Wire;

/// <summary>Addresses of cameras: what they are made of, what nobody gets to see, where they must not lead.</summary>
public sealed class CameraAddressTests
{
    [Theory]
    [InlineData("rtsp://admin:secret@192.168.1.64:554/Streaming/Channels/102", "rtsp", "192.168.1.64", 554, "/Streaming/Channels/102", "admin", "secret")]
    [InlineData("RTSPS://cam.plant.example/live", "rtsps", "cam.plant.example", null, "/live", null, null)]
    [InlineData("rtsp://admin:p@ss:w/rd@10.0.0.1/1", null, null, null, null, null, null)]
    [InlineData("rtsp://admin:p@ss:word@10.0.0.1/1", "rtsp", "10.0.0.1", null, "/1", "admin", "p@ss:word")]
    [InlineData("rtsp://admin:p%40ss%2Fword@10.0.0.1", "rtsp", "10.0.0.1", null, "/", "admin", "p@ss/word")]
    [InlineData("http://[fd00::5]:8080?stream=2", "http", "fd00::5", 8080, "/?stream=2", null, null)]
    [InlineData("  https://viewer@cam.example/a.m3u8 ", "https", "cam.example", null, "/a.m3u8", "viewer", null)]
    public void An_address_is_taken_apart(string text, string? scheme, string? host, int? port, string? path, string? user, string? password)
    {
        var address = CameraAddress.Parse(text, AddressReach.OwnNetwork, out var fault);

        Assert.Equal(scheme is null, fault is not null);
        Assert.Equal((scheme, host, port, path, user, password), (address?.Scheme, address?.Host, address?.Port, address?.Path, address?.User, address?.Password));
    }

    [Theory]
    [InlineData("", AddressFault.Shape)]
    [InlineData("192.168.1.64", AddressFault.Shape)]
    [InlineData("://x", AddressFault.Shape)]
    [InlineData("ftp://cam.example/a", AddressFault.Scheme)]
    [InlineData("concat:a|b://x", AddressFault.Scheme)]
    [InlineData("file:///etc/passwd", AddressFault.Scheme)]
    [InlineData("rtsp:///live", AddressFault.Host)]
    [InlineData("rtsp://cam.example:0/live", AddressFault.Host)]
    [InlineData("rtsp://cam.example:65536/live", AddressFault.Host)]
    [InlineData("rtsp://cam.example:55x/live", AddressFault.Host)]
    [InlineData("rtsp://cam'example/live", AddressFault.Host)]
    [InlineData("rtsp://fd00::5/live", AddressFault.Host)]
    [InlineData("rtsp://[fe80::1%25eth0]/live", AddressFault.Host)]
    [InlineData("rtsp://cam.example/a b", AddressFault.Characters)]
    [InlineData("rtsp://cam.example/a\nfile '/etc/passwd'", AddressFault.Characters)]
    [InlineData("rtsp://cam.example/\u0000", AddressFault.Characters)]
    [InlineData("rtsp://127.0.0.1/live", AddressFault.OwnMachine)]
    [InlineData("rtsp://localhost/live", AddressFault.OwnMachine)]
    [InlineData("http://169.254.169.254/latest/meta-data", AddressFault.OwnMachine)]
    [InlineData("http://[::1]/", AddressFault.OwnMachine)]
    [InlineData("http://[::ffff:127.0.0.1]/", AddressFault.OwnMachine)]
    public void What_is_no_cameras_address_is_refused_with_the_reason(string text, AddressFault expected)
    {
        Assert.Null(CameraAddress.Parse(text, AddressReach.OwnNetwork, out var fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void A_private_number_is_allowed_only_where_the_own_network_is_and_a_file_only_where_everything_is()
    {
        Assert.Null(CameraAddress.Parse("rtsp://192.168.1.64/live", AddressReach.Outside, out var fault));
        Assert.Equal(AddressFault.OwnNetwork, fault);
        Assert.NotNull(CameraAddress.Parse("rtsp://192.168.1.64/live", AddressReach.OwnNetwork, out _));
        Assert.NotNull(CameraAddress.Parse("rtsp://127.0.0.1/live", AddressReach.OwnMachine, out _));
        Assert.Equal("/clips/a.mp4", CameraAddress.Parse("file:///clips/a.mp4", AddressReach.OwnMachine, out _)?.Reveal());
    }

    [Theory]
    [InlineData("8.8.8.8", AddressReach.Outside)]
    [InlineData("2400:3200::1", AddressReach.Outside)]
    [InlineData("172.31.255.255", AddressReach.OwnNetwork)]
    [InlineData("172.32.0.1", AddressReach.Outside)]
    [InlineData("100.64.0.1", AddressReach.OwnNetwork)]
    [InlineData("100.100.100.200", AddressReach.OwnMachine)]
    [InlineData("fd00::1", AddressReach.OwnNetwork)]
    [InlineData("fd00:ec2::254", AddressReach.OwnMachine)]
    [InlineData("fe80::1", AddressReach.OwnMachine)]
    [InlineData("0.0.0.0", AddressReach.OwnMachine)]
    [InlineData("::", AddressReach.OwnMachine)]
    [InlineData("224.0.0.1", AddressReach.OwnMachine)]
    [InlineData("64:ff9b::7f00:1", AddressReach.OwnMachine)]
    [InlineData("64:ff9b::a00:1", AddressReach.OwnNetwork)]
    [InlineData("2002:c0a8:101::1", AddressReach.OwnNetwork)]
    [InlineData("::ffff:10.1.2.3", AddressReach.OwnNetwork)]
    public void A_number_tells_how_far_one_has_to_be_allowed_to_reach(string number, AddressReach expected)
    {
        Assert.Equal(expected, HostNumbers.ReachOf(IPAddress.Parse(number)));
    }

    [Fact]
    public void One_forbidden_number_of_a_name_is_enough()
    {
        IPAddress[] numbers = [IPAddress.Parse("8.8.8.8"), IPAddress.Parse("127.0.0.1")];

        Assert.Equal(AddressFault.OwnMachine, CameraAddress.Judge(numbers, AddressReach.OwnNetwork));
        Assert.Null(CameraAddress.Judge(numbers[..1], AddressReach.Outside));
        Assert.Equal(AddressFault.Unknown, CameraAddress.Judge([], AddressReach.OwnMachine));
    }

    [Fact]
    public void User_password_and_answers_of_a_question_are_never_shown()
    {
        var address = CameraAddress.Parse("http://admin:geheim@cam.example:81/video.cgi?user=admin&pwd=geheim&x", AddressReach.OwnNetwork, out _)!;

        Assert.Equal("http://***@cam.example:81/video.cgi?user=***&pwd=***&***", address.Display);
        Assert.Equal(address.Display, $"{address}");
        Assert.Equal("http://admin:geheim@cam.example:81/video.cgi?user=admin&pwd=geheim&x", address.Reveal());
    }

    [Fact]
    public void The_revealed_address_escapes_what_a_password_holds_and_may_name_the_number_that_was_judged()
    {
        var address = CameraAddress.Parse("rtsp://a:p@'s%2F@cam.example:554/live", AddressReach.OwnNetwork, out _)!;

        Assert.Equal("rtsp://a:p%40%27s%2F@[2400::1]:554/live", address.Reveal("2400::1"));
    }
}
