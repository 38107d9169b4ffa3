using System.Net;
using System.Net.Http.Json;
using System.Text;
using Anlan.Toolkit.Mqtt;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Devices.Registry;

public sealed class ReplaceChipSecretTests
{
    [Fact]
    public async Task A_replaced_secret_ends_the_connection_of_whoever_holds_the_old_one()
    {
        await using var host = await ChipsHost.StartAsync();
        var old = (await ModuleHost.JsonAsync(await host.Installer.PostAsJsonAsync("chips", new { serial = "CHIP-1" }))).GetProperty("secret").GetString()!;

        var answer = await ModuleHost.JsonAsync(await host.Installer.PostAsync("chips/CHIP-1/secret", null));

        var door = host.Module.Services.GetRequiredService<IDeviceAuthenticator>();
        Assert.False(door.IsGenuine("CHIP-1", Encoding.UTF8.GetBytes(old)));
        Assert.True(door.IsGenuine("CHIP-1", Encoding.UTF8.GetBytes(answer.GetProperty("secret").GetString()!)));
        Assert.Equal(["CHIP-1"], host.HungUp);
    }

    [Fact]
    public async Task A_disabled_chip_is_cut_off_and_stays_out_until_it_is_enabled_again()
    {
        await using var host = await ChipsHost.StartAsync();
        var secret = Encoding.UTF8.GetBytes((await ModuleHost.JsonAsync(await host.Installer.PostAsJsonAsync("chips", new { serial = "CHIP-1" }))).GetProperty("secret").GetString()!);
        var door = host.Module.Services.GetRequiredService<IDeviceAuthenticator>();

        await host.Installer.PostAsJsonAsync("chips/CHIP-1/enabled", new { enabled = false, reason = "stolen" });
        var wasOut = !door.IsGenuine("CHIP-1", secret);
        await host.Installer.PostAsJsonAsync("chips/CHIP-1/enabled", new { enabled = true, reason = "found" });

        Assert.True(wasOut);
        Assert.True(door.IsGenuine("CHIP-1", secret));
        Assert.Equal(["CHIP-1"], host.HungUp);
        Assert.Equal(["devices.chip.registered", "devices.chip.disabled", "devices.chip.enabled"], (await host.Module.AuditAsync()).Select(record => record.Action));
    }

    [Fact]
    public async Task Disabling_needs_a_reason_and_a_chip()
    {
        await using var host = await ChipsHost.StartAsync();
        await host.AChipAsync("CHIP-1");

        var silent = await host.Installer.PostAsJsonAsync("chips/CHIP-1/enabled", new { enabled = false });
        var unknown = await host.Installer.PostAsJsonAsync("chips/CHIP-2/enabled", new { enabled = false, reason = "lost" });

        Assert.Equal(["reason:ReasonInvalid"], await ModuleHost.RefusalsAsync(silent));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Empty(host.HungUp);
    }
}
