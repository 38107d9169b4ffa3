using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace Anlan.Tests.Welding.Machines;

public sealed class ExportMachinesTests
{
    [Fact]
    public async Task The_file_holds_the_filtered_list_in_the_readers_language_and_is_on_record()
    {
        await using var host = await MachinesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise("Smith, Sons");
        await host.AMachineAsync(works);
        (await host.Bureau.PostAsJsonAsync("machines", MachinesHost.ADeclaration(works) with { Code = "WJ-0002", Site = "=1+1" })).EnsureSuccessStatusCode();
        await host.AMachineAsync(host.Neighbours.AnEnterprise(), "WJ-0003");
        host.Bureau.DefaultRequestHeaders.Add("Accept-Language", "en");

        var answer = await host.Bureau.GetAsync("machines/export?search=smith&state=registered");

        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var lines = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        Assert.StartsWith("Code,Kind,Model,", lines[0], StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);
        Assert.Contains("\"Smith, Sons\"", lines[1], StringComparison.Ordinal);
        Assert.Contains(",'=1+1,", lines[2], StringComparison.Ordinal);
        Assert.Equal("welding.machines.exported", (await host.AuditAsync())[^1].Action);
    }

    [Fact]
    public async Task A_safety_manager_takes_the_own_machines_only()
    {
        await using var host = await MachinesHost.StartAsync();
        var own = host.Neighbours.AnEnterprise();
        await host.AMachineAsync(own);
        await host.AMachineAsync(host.Neighbours.AnEnterprise(), "WJ-0002");

        var text = await host.As("safety-manager", own).GetStringAsync("machines/export");
        var welder = await host.As("welder").GetAsync("machines/export");

        Assert.Contains("WJ-0001", text, StringComparison.Ordinal);
        Assert.DoesNotContain("WJ-0002", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, welder.StatusCode);
    }
}
