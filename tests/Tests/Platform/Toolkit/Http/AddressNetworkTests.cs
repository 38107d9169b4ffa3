using System.Net;
using Anlan.Toolkit.Http;

namespace Anlan.Tests.Platform.Toolkit.Http;

public sealed class AddressNetworkTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("::1", "::")]
    public void An_address_stands_for_its_owner(string address, string network) => Assert.Equal(IPAddress.Parse(network), AddressNetwork.Of(IPAddress.Parse(address)));
}
