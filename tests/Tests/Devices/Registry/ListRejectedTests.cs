using System.Net;
using System.Text;
using Anlan.Toolkit.Mqtt;

namespace Anlan.Tests.Devices.Registry;

public sealed class ListRejectedTests
{
    [Fact]
    public async Task An_unreadable_message_is_shown_as_text_where_it_is_text_and_as_bytes_where_not()
    {
        await using var host = await ChipsHost.StartAsync();
        await host.RejectAsync(RejectionKind.Malformed, "CHIP-1", "CHIP-1", "boot: missing", "{\"a\":1}"u8.ToArray());
        await host.RejectAsync(RejectionKind.Malformed, "CHIP-2", "CHIP-2", "not JSON", [0xff, 0x00, 0x41]);

        var list = (await ModuleHost.JsonAsync(await host.Administrator.GetAsync("chips/rejected"))).GetProperty("items");

        Assert.Equal("ff0041", list[0].GetProperty("hex").GetString());
        Assert.Equal("{\"a\":1}", list[1].GetProperty("text").GetString());
        Assert.Equal("boot: missing", list[1].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_long_message_that_was_cut_inside_a_character_is_still_text()
    {
        await using var host = await ChipsHost.StartAsync();
        await host.RejectAsync(RejectionKind.Malformed, "CHIP-1", "CHIP-1", "too long", Encoding.UTF8.GetBytes("{" + new string('焊', 2000)));

        var row = (await ModuleHost.JsonAsync(await host.Administrator.GetAsync("chips/rejected?search=chip-1"))).GetProperty("items")[0];

        Assert.Equal(6001, row.GetProperty("length").GetInt32());
        Assert.StartsWith("{焊焊", row.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_narrowed_by_reason_and_by_serial_claimed_serial_or_address()
    {
        await using var host = await ChipsHost.StartAsync();
        await host.RejectAsync(RejectionKind.Credential, "10.0.0.9", "CHIP-7", "wrong secret", []);
        await host.RejectAsync(RejectionKind.ForeignTopic, "CHIP-8", "CHIP-8", "foreign", []);

        Assert.Equal(1, await TotalAsync(host, "?kind=credential"));
        Assert.Equal(1, await TotalAsync(host, "?search=chip-7"));
        Assert.Equal(1, await TotalAsync(host, "?search=10.0.0"));
        Assert.Equal(0, await TotalAsync(host, "?search=10.0.0&kind=foreignTopic"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.Administrator.GetAsync("chips/rejected?kind=weather")).StatusCode);
    }

    [Fact]
    public async Task Every_reason_is_counted_zero_included()
    {
        await using var host = await ChipsHost.StartAsync();
        await host.RejectAsync(RejectionKind.Credential, "10.0.0.9", null, "wrong secret", []);
        await host.RejectAsync(RejectionKind.Credential, "10.0.0.9", null, "wrong secret", []);

        var counts = await ModuleHost.JsonAsync(await host.Administrator.GetAsync("chips/rejected/counts"));

        Assert.Equal(
            [("malformed", 0), ("oversized", 0), ("foreignTopic", 0), ("credential", 2), ("noMqtt", 0), ("tooMany", 0)],
            counts.EnumerateArray().Select(count => (count.GetProperty("kind").GetString()!, count.GetProperty("total").GetInt32())));
    }

    [Fact]
    public async Task Whoever_fits_chips_sees_what_the_own_ones_sent_and_counts_no_strangers()
    {
        await using var host = await ChipsHost.StartAsync();
        await host.AChipAsync("CHIP-OWN");
        await host.RejectAsync(RejectionKind.Malformed, "CHIP-OWN", "CHIP-OWN", "boot: missing", []);
        await host.RejectAsync(RejectionKind.Malformed, "CHIP-OTHER", "CHIP-OTHER", "boot: missing", []);
        await host.RejectAsync(RejectionKind.Credential, "10.0.0.9", "CHIP-OWN", "wrong secret", []);

        var list = await ModuleHost.JsonAsync(await host.Installer.GetAsync("chips/rejected"));
        var counts = await ModuleHost.JsonAsync(await host.Installer.GetAsync("chips/rejected/counts"));

        Assert.Equal(["CHIP-OWN"], list.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("source").GetString()));
        Assert.Equal(1, counts.EnumerateArray().Sum(count => count.GetProperty("total").GetInt32()));
    }

    [Fact]
    public async Task A_welder_sees_nothing_of_it()
    {
        await using var host = await ChipsHost.StartAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await host.Module.As("welder").GetAsync("chips/rejected")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Module.As("welder").GetAsync("chips/rejected/counts")).StatusCode);
    }

    private static async Task<int> TotalAsync(ChipsHost host, string query) =>
        (await ModuleHost.JsonAsync(await host.Administrator.GetAsync("chips/rejected" + query))).GetProperty("total").GetInt32();
}
