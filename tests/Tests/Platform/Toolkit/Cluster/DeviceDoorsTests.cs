using System.Net;
using Anlan.Toolkit.Cluster;
using Orleans.Runtime;

namespace Anlan.Tests.Platform.Toolkit.Cluster;

public sealed class DeviceDoorsTests
{
    private static readonly SiloAddress One = SiloAddress.New(IPAddress.Loopback, 1, 1);
    private static readonly SiloAddress Two = SiloAddress.New(IPAddress.Loopback, 2, 1);
    private readonly DeviceDoors _doors = new();

    [Fact]
    public void A_device_that_comes_back_elsewhere_leaves_its_older_connection_behind()
    {
        Assert.Null(_doors.Begin("CHIP-1", new DeviceDoors.Place(One, 7)));

        Assert.Equal(new DeviceDoors.Place(One, 7), _doors.Begin("CHIP-1", new DeviceDoors.Place(Two, 3)));
        Assert.False(_doors.End("CHIP-1", new DeviceDoors.Place(One, 7)));
        Assert.Equal(new DeviceDoors.Place(Two, 3), _doors.Of("CHIP-1"));
        Assert.True(_doors.End("CHIP-1", new DeviceDoors.Place(Two, 3)));
        Assert.Null(_doors.Of("CHIP-1"));
    }

    [Fact]
    public void Back_at_the_same_door_the_broker_there_has_ended_the_older_connection_itself()
    {
        _doors.Begin("CHIP-1", new DeviceDoors.Place(One, 7));

        Assert.Null(_doors.Begin("CHIP-1", new DeviceDoors.Place(One, 8)));
        Assert.False(_doors.End("CHIP-1", new DeviceDoors.Place(One, 7)));
        Assert.Equal(new DeviceDoors.Place(One, 8), _doors.Of("CHIP-1"));
    }

    [Fact]
    public void A_door_that_is_gone_takes_its_own_connections_along_and_no_others()
    {
        _doors.Begin("CHIP-1", new DeviceDoors.Place(One, 1));
        _doors.Begin("CHIP-2", new DeviceDoors.Place(Two, 1));

        Assert.Equal([("CHIP-1", new DeviceDoors.Place(One, 1))], _doors.At(One));
    }
}
