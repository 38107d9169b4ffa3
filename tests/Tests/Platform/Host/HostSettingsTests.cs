using Anlan.Host;
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
}
