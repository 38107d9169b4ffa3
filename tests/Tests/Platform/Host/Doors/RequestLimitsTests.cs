using System.Net;
using Anlan.Host.Doors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Anlan.Tests.Platform.Host.Doors;

public sealed class RequestLimitsTests
{
    [Fact]
    public async Task All_addresses_of_an_IPv6_network_have_one_limit_together()
    {
        var services = new ServiceCollection();
        services.AddRequestLimits(new DoorSettings { AddressBurst = 2, AddressPerSecond = 1 });
        await using var provider = services.BuildServiceProvider();
        var limiter = provider.GetRequiredService<IOptions<RateLimiterOptions>>().Value.GlobalLimiter!;

        Assert.True(MayAsk("2001:db8::1"));
        Assert.True(MayAsk("2001:db8::2"));
        Assert.False(MayAsk("2001:db8::3"));
        Assert.True(MayAsk("2001:db8:0:1::1"));

        bool MayAsk(string address)
        {
            var http = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
            using var lease = limiter.AttemptAcquire(http);
            return lease.IsAcquired;
        }
    }
}
