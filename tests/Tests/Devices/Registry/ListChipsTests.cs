using System.Net;
using Anlan.Devices.Registry;
using Anlan.Toolkit.Data;

namespace Anlan.Tests.Devices.Registry;

public sealed class ListChipsTests
{
    [Theory]
    [InlineData("online", "CHIP-ONLINE")]
    [InlineData("offline", "CHIP-OFFLINE")]
    [InlineData("new", "CHIP-NEW")]
    [InlineData("tampered", "CHIP-TAMPERED")]
    [InlineData("disabled", "CHIP-DISABLED")]
    [InlineData(null, "CHIP-DISABLED,CHIP-NEW,CHIP-OFFLINE,CHIP-ONLINE,CHIP-TAMPERED")]
    public async Task The_filter_goes_by_the_live_state(string? state, string serials)
    {
        await using var host = await ChipsHost.StartAsync();
        foreach (var serial in new[] { "CHIP-ONLINE", "CHIP-OFFLINE", "CHIP-NEW", "CHIP-TAMPERED", "CHIP-DISABLED" }) await host.AChipAsync(serial);
        host.Hear("CHIP-ONLINE");
        host.Hear("CHIP-OFFLINE");
        host.Hear("CHIP-OFFLINE", online: false);
        host.Hear("CHIP-TAMPERED", tampered: true);
        host.Hear("CHIP-DISABLED");
        await host.Installer.PostAsync("chips/CHIP-DISABLED/enabled", Json("""{"enabled":false,"reason":"lost"}"""));

        var list = await ModuleHost.JsonAsync(await host.Installer.GetAsync("chips?size=50" + (state is null ? "" : "&state=" + state)));

        Assert.Equal(serials, string.Join(',', list.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("serial").GetString())));
    }

    [Fact]
    public async Task A_chip_that_was_on_line_before_a_restart_is_off_line_until_it_says_hello()
    {
        await using var host = await ChipsHost.StartAsync();
        await host.AChipAsync("CHIP-1");
        await host.Module.ReadAsync(async db =>
        {
            db.Add(new DeviceReportRow { Serial = "CHIP-1", IsOnline = true, LastSeen = host.Module.Clock.GetUtcNow(), Firmware = "1.0" });
            await db.SaveAsync();
            await LoadAsync(host, db);
            return 0;
        });

        var row = (await ModuleHost.JsonAsync(await host.Installer.GetAsync("chips"))).GetProperty("items")[0];

        Assert.False(row.GetProperty("isOnline").GetBoolean());
        Assert.Equal("offline", row.GetProperty("state").GetString());
        Assert.Equal("1.0", row.GetProperty("firmware").GetString());
    }

    [Fact]
    public async Task A_serial_is_found_by_a_part_of_it_page_by_page()
    {
        await using var host = await ChipsHost.StartAsync();
        foreach (var serial in new[] { "ABC-3", "ABC-1", "XYZ-1", "ABC-2" }) await host.AChipAsync(serial);

        var list = await ModuleHost.JsonAsync(await host.Installer.GetAsync("chips?search=abc&page=2&size=2"));

        Assert.Equal(3, list.GetProperty("total").GetInt32());
        Assert.Equal("ABC-3", list.GetProperty("items")[0].GetProperty("serial").GetString());
    }

    [Fact]
    public async Task Welders_and_safety_managers_see_no_chips()
    {
        await using var host = await ChipsHost.StartAsync();

        var welder = await host.Module.As("welder").GetAsync("chips");
        var manager = await host.Module.As("safety-manager").GetAsync("chips");

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden], [welder.StatusCode, manager.StatusCode]);
    }

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");

    private static Task LoadAsync(ChipsHost host, AnlanDb db) =>
        ((Anlan.Devices.Presence.DeviceStates)host.Module.Services.GetService(typeof(Anlan.Devices.Presence.DeviceStates))!).LoadAsync(db, CancellationToken.None);

    [Fact]
    public async Task The_export_holds_what_the_filtered_list_holds_in_its_order()
    {
        await using var host = await ChipsHost.StartAsync();
        foreach (var serial in new[] { "ABC-3", "ABC-1", "XYZ-1" }) await host.AChipAsync(serial);

        var file = await host.Installer.GetStringAsync("chips/export?search=abc&sort=-serial");

        Assert.Equal(["ABC-3", "ABC-1"], file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[0]));
    }
}
