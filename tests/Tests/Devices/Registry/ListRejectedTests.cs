
namespace Anlan.Tests.Devices.Registry;

public sealed class ListRejectedTests
{
    private static readonly DateTimeOffset Now = new(2040, 3, 5, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_unreadable_message_is_shown_as_text_where_it_is_text_and_as_bytes_where_not()
    {
        await using var host = await ChipsHost.StartAsync();
        host.Rejected.Keep("CHIP-1", "chip/hello", "boot: missing", "{\"a\":1}"u8.ToArray(), Now);
        host.Rejected.Keep("CHIP-2", "chip/state", "not JSON", [0xff, 0x00, 0x41], Now.AddSeconds(1));

        var list = (await ModuleHost.JsonAsync(await host.Installer.GetAsync("chips/rejected"))).GetProperty("items");

        Assert.Equal("ff0041", list[0].GetProperty("hex").GetString());
        Assert.Equal("{\"a\":1}", list[1].GetProperty("text").GetString());
        Assert.Equal("boot: missing", list[1].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_long_message_that_was_cut_inside_a_character_is_still_text()
    {
        await using var host = await ChipsHost.StartAsync();
        host.Rejected.Keep("CHIP-1", "chip/hello", "too long", System.Text.Encoding.UTF8.GetBytes("{" + new string('焊', 2000)), Now);

        var row = (await ModuleHost.JsonAsync(await host.Installer.GetAsync("chips/rejected?search=chip-1"))).GetProperty("items")[0];

        Assert.Equal(6001, row.GetProperty("length").GetInt32());
        Assert.StartsWith("{焊焊", row.GetProperty("text").GetString(), StringComparison.Ordinal);
    }
}
