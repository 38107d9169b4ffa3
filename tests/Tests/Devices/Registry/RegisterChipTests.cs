using System.Net;
using System.Net.Http.Json;
using System.Text;
using Anlan.Toolkit.Mqtt;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Devices.Registry;

public sealed class RegisterChipTests
{
    [Fact]
    public async Task A_registered_chip_gets_a_secret_that_opens_the_broker_and_is_kept_as_a_hash_only()
    {
        await using var host = await ChipsHost.StartAsync();

        var answer = await ModuleHost.JsonAsync(await host.Installer.PostAsJsonAsync("chips", new { serial = " CHIP-1 " }));

        var secret = answer.GetProperty("secret").GetString()!;
        var door = host.Module.Services.GetRequiredService<IDeviceAuthenticator>();
        Assert.True(door.IsGenuine("CHIP-1", Encoding.UTF8.GetBytes(secret)));
        Assert.False(door.IsGenuine("CHIP-1", Encoding.UTF8.GetBytes(secret[..^1] + "x")));
        Assert.NotEmpty(answer.GetProperty("trustedKeys").EnumerateArray());
        Assert.DoesNotContain(await host.Module.AuditAsync(), record => record.Details?.Contains(secret, StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("CHIP/1")]
    [InlineData("CHIP+1")]
    [InlineData("CHIP#1")]
    [InlineData("CHIP~1")]
    [InlineData("芯片-0001")]
    public async Task A_serial_fits_into_a_topic(string serial)
    {
        await using var host = await ChipsHost.StartAsync();

        var answer = await host.Installer.PostAsJsonAsync("chips", new { serial });

        Assert.Equal(["serial:SerialInvalid"], await ModuleHost.RefusalsAsync(answer));
    }

    [Fact]
    public async Task A_serial_is_registered_once()
    {
        await using var host = await ChipsHost.StartAsync();
        await host.AChipAsync("CHIP-1");

        var answer = await host.Installer.PostAsJsonAsync("chips", new { serial = "CHIP-1" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(["serial:SerialTaken"], await ModuleHost.RefusalsAsync(answer));
    }
}
