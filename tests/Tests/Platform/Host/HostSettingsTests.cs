using Anlan.Host;
using Anlan.Host.Doors;
using Microsoft.Extensions.Options;

namespace Anlan.Tests.Platform.Host;

public sealed class HostSettingsTests
{
    [Theory]
    [InlineData("garbage")]
    [InlineData("Hst=somewhere;Password=secret")]
    [InlineData("Host=somewhere;Port=many;Password=secret")]
    public void WhatIsNoConnectionStringIsToldWithItsSettingAndWithoutItsText(string text)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => new HostSettings { Postgres = text }.Database);
        var told = Assert.Single(fault.Failures);
        Assert.StartsWith("Anlan:Postgres", told, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_that_would_let_nobody_in_is_told_with_its_setting()
    {
        new DoorSettings().Check();
        var fault = Assert.Throws<OptionsValidationException>(() => new DoorSettings { AddressBurst = -4, LargestBody = 0 }.Check());
        Assert.Equal(["Anlan:Doors:AddressBurst must be at least 1, it is -4.", "Anlan:Doors:LargestBody must be at least 1, it is 0."], fault.Failures);
    }
}
