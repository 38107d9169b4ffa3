using System.Net;
using System.Text.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Tests.Welding.Machines;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Welding.Sessions;

public sealed class ExportRefusalsTests
{
    private static readonly Refusal TooFar = new("OutsideFence") { Rule = "WELD-FENCE", Measured = FactValue.Metres(612), Limit = FactValue.Metres(200) };
    private static readonly Refusal Offline = new("ChipOffline") { Rule = "WELD-CHIP-ONLINE" };

    [Fact]
    public async Task Every_reason_has_a_line_with_what_was_measured_the_limit_the_rule_and_what_to_do()
    {
        await using var host = await MachinesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise("+works");
        await host.AMachineAsync(works);
        await host.ProjectAsync(Refused(host, "WJ-0001", works, 1, TooFar, Offline));
        host.Bureau.DefaultRequestHeaders.Add("Accept-Language", "en");

        var lines = await CsvLines.OfAsync(await host.Bureau.GetAsync("refusals/export?search=WJ-0001"));

        Assert.StartsWith("Machine,Time,Welder,Enterprise,Reason no.,Reason,What to do,Rule,Measured,Limit,", lines[0], StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("WJ-0001,2040-03-05 09:00:00,,'+works,1,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",612 m,200 m,OutsideFence,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",2,", lines[2], StringComparison.Ordinal);
        Assert.Equal("welding.refusals.exported", (await host.AuditAsync())[^1].Action);
    }

    [Fact]
    public async Task The_file_is_narrowed_like_the_list_and_to_the_own_enterprise()
    {
        await using var host = await MachinesHost.StartAsync();
        var (own, other) = (host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise());
        await host.AMachineAsync(own);
        await host.AMachineAsync(other, "WJ-0002");
        await host.ProjectAsync(Refused(host, "WJ-0001", own, 1, TooFar), Refused(host, "WJ-0001", own, 2, Offline), Refused(host, "WJ-0002", other, 3, Offline));

        var ofCode = await CsvLines.OfAsync(await host.Bureau.GetAsync("refusals/export?code=ChipOffline"));
        var ofOwn = await CsvLines.OfAsync(await host.As("safety-manager", own).GetAsync("refusals/export?code=ChipOffline"));

        Assert.Equal(["WJ-0002", "WJ-0001"], ofCode.Skip(1).Select(line => line[..7]));
        Assert.Equal(["WJ-0001"], ofOwn.Skip(1).Select(line => line[..7]));
        Assert.Equal(HttpStatusCode.Forbidden, (await host.As("welder").GetAsync("refusals/export")).StatusCode);
    }

    [Fact]
    public async Task A_long_list_is_whole()
    {
        await using var host = await MachinesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        await host.AMachineAsync(works);
        await host.ProjectAsync(Enumerable.Range(1, 2_001).Select(seq => Refused(host, "WJ-0001", works, seq, Offline)));

        Assert.Equal(2_002, (await CsvLines.OfAsync(await host.Bureau.GetAsync("refusals/export"))).Distinct().Count());
    }

    private static RefusedStart Refused(MachinesHost host, string machine, EnterpriseId enterprise, long seq, params Refusal[] refusals) => new()
    {
        Id = Guid.CreateVersion7(),
        Seq = seq,
        Machine = host.Services.GetRequiredService<MachineIndex>().FindByCode(machine)!.Id,
        Enterprise = enterprise,
        Division = new DivisionCode("990521001"),
        At = host.Clock.GetUtcNow(),
        Code = refusals[0].Code,
        Refusals = JsonSerializer.Serialize(refusals, JsonSerializerOptions.Web),
    };
}
