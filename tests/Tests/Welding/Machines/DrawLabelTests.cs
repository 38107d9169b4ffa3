using System.Net;
using System.Xml.Linq;

namespace Anlan.Tests.Welding.Machines;

public sealed class DrawLabelTests
{
    [Theory]
    [InlineData("https://anlan.test", "https://anlan.test/w/WJ-0001")]
    [InlineData("https://a.test/anlan/", "https://a.test/anlan/w/WJ-0001")]
    public async Task The_code_leads_to_the_machines_phone_page_at_the_public_address(string publicBaseUrl, string expected)
    {
        await using var host = await MachinesHost.StartAsync(publicBaseUrl);
        await host.AMachineAsync(host.Neighbours.AnEnterprise());

        var label = XElement.Parse(await host.Bureau.GetStringAsync("machines/wj-0001/label.svg"));

        Assert.Equal(expected, QrReader.Read(label));
    }

    [Fact]
    public async Task Without_a_public_address_the_code_leads_to_where_the_reader_came_from()
    {
        await using var host = await MachinesHost.StartAsync();
        await host.AMachineAsync(host.Neighbours.AnEnterprise());

        var label = XElement.Parse(await host.Bureau.GetStringAsync("machines/WJ-0001/label.svg"));

        Assert.Equal("http://anlan.test/w/WJ-0001", QrReader.Read(label));
    }

    [Theory]
    [InlineData("zh-CN", "扫码开机", "举报电话 12350")]
    [InlineData("en", "Scan to start", "Hotline 12350")]
    public async Task A_person_without_a_scanner_reads_code_model_enterprise_and_hotline(string language, string title, string hotline)
    {
        await using var host = await MachinesHost.StartAsync();
        await host.AMachineAsync(host.Neighbours.AnEnterprise("Smith & <Sons>"));
        host.Bureau.DefaultRequestHeaders.Add("Accept-Language", language);

        var answer = await host.Bureau.GetAsync("machines/WJ-0001/label.svg");

        var label = XElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal([title, "WJ-0001", "ZX7-400", "Smith & <Sons>", hotline], label.Elements().Where(e => e.Name.LocalName == "text").Select(e => e.Value));
        Assert.Equal(("60mm", "80mm"), (label.Attribute("width")?.Value, label.Attribute("height")?.Value));
    }

    [Fact]
    public async Task A_long_enterprise_name_takes_two_lines_and_no_more()
    {
        await using var host = await MachinesHost.StartAsync();
        await host.AMachineAsync(host.Neighbours.AnEnterprise(new string('厂', 60)));

        var label = XElement.Parse(await host.Bureau.GetStringAsync("machines/WJ-0001/label.svg"));

        var lines = label.Elements().Where(e => e.Name.LocalName == "text" && e.Value.Contains('厂', StringComparison.Ordinal)).Select(e => e.Value).ToList();
        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.True(line.Length <= 16, line));
        Assert.EndsWith("…", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_label_of_a_machine_out_of_reach_is_not_drawn()
    {
        await using var host = await MachinesHost.StartAsync();
        await host.AMachineAsync(host.Neighbours.AnEnterprise());

        var foreign = await host.As("safety-manager", host.Neighbours.AnEnterprise()).GetAsync("machines/WJ-0001/label.svg");

        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }
}
