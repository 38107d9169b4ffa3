using System.Net;
using Anlan.Accounts;
using Anlan.Accounts.Credentials;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests.Accounts.Credentials;

public sealed class FailureBrakeTests
{
    private const int Most = 10_000;
    private static readonly IPAddress Guesser = IPAddress.Parse("192.0.2.1");
    private readonly FakeTimeProvider _clock = new();
    private readonly FailureBrake _brake;

    public FailureBrakeTests() => _brake = new FailureBrake(_clock, Options.Create(new AccountsOptions { FailuresPerMinute = 2 }));

    [Fact]
    public void Failures_of_a_minute_count_and_all_addresses_of_an_IPv6_network_together()
    {
        _brake.Fail(IPAddress.Parse("2001:db8::1"));
        Assert.False(_brake.IsOn(IPAddress.Parse("2001:db8::2")));
        _brake.Fail(IPAddress.Parse("2001:db8::3"));

        Assert.True(_brake.IsOn(IPAddress.Parse("2001:db8::4")));
        Assert.False(_brake.IsOn(IPAddress.Parse("2001:db8:0:1::1")));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(_brake.IsOn(IPAddress.Parse("2001:db8::4")));
    }

    [Fact]
    public void A_flood_of_addresses_takes_no_more_memory_and_frees_nobody_who_is_slowed_already()
    {
        Fail(Guesser, 2);
        for (var number = 1; number < Most; number++) Fail(new IPAddress(BitConverter.GetBytes(number)), 1);

        Fail(IPAddress.Parse("198.51.100.1"), 2);
        Assert.Equal((true, false), (_brake.IsOn(Guesser), _brake.IsOn(IPAddress.Parse("198.51.100.1"))));

        _clock.Advance(TimeSpan.FromMinutes(1));
        Fail(IPAddress.Parse("198.51.100.1"), 2);
        Assert.True(_brake.IsOn(IPAddress.Parse("198.51.100.1")));
    }

    private void Fail(IPAddress address, int times)
    {
        for (var time = 0; time < times; time++) _brake.Fail(address);
    }
}
