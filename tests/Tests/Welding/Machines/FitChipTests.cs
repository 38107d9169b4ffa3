using System.Net;
using System.Net.Http.Json;
using Anlan.Welding.Machines;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Welding.Machines;

public sealed class FitChipTests
{
    [Fact]
    public async Task A_fitted_chip_leads_to_its_machine_and_is_told_so()
    {
        await using var host = await MachinesHost.StartAsync();
        var code = await host.AMachineAsync(host.Neighbours.AnEnterprise());
        host.Neighbours.AChip("CHIP-1");

        var answer = await FitAsync(host.As("installer"), code, " CHIP-1 ");

        var machine = host.Services.GetRequiredService<MachineIndex>().FindByChip("CHIP-1")!;
        var told = Assert.Single(await host.OutboxAsync());
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(code, machine.Code);
        Assert.Equal(("chip/CHIP-1", typeof(ChipFitted).FullName), (told.Subject, told.Type));
        Assert.Contains(machine.Id.Value.ToString(), told.Payload, StringComparison.Ordinal);
        Assert.Equal("welding.chip.fitted", (await host.AuditAsync())[^1].Action);
    }

    [Fact]
    public async Task A_repeated_request_changes_nothing()
    {
        await using var host = await MachinesHost.StartAsync();
        var code = await host.AMachineAsync(host.Neighbours.AnEnterprise(), chip: "CHIP-1");

        var answer = await FitAsync(host.Bureau, code, "CHIP-1");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Single(await host.OutboxAsync());
    }

    [Fact]
    public async Task A_chip_taken_off_may_go_to_another_machine_and_is_told_both()
    {
        await using var host = await MachinesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        await host.AMachineAsync(works, chip: "CHIP-1");
        await host.AMachineAsync(works, "WJ-0002");

        var off = await host.Bureau.DeleteAsync(new Uri("machines/WJ-0001/chip", UriKind.Relative));
        var on = await FitAsync(host.Bureau, "WJ-0002", "CHIP-1");

        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.NoContent], [off.StatusCode, on.StatusCode]);
        Assert.Equal("WJ-0002", host.Services.GetRequiredService<MachineIndex>().FindByChip("CHIP-1")!.Code);
        Assert.Equal(["chip/CHIP-1", "chip/CHIP-1", "chip/CHIP-1"], (await host.OutboxAsync()).Select(m => m.Subject));
    }

    [Theory]
    [InlineData("NONE", "serial:ChipUnknown")]
    [InlineData("", "serial:SerialMissing")]
    [InlineData("METER-1", "serial:ChipUnknown")]
    [InlineData("CHIP-OFF", "serial:ChipDisabled")]
    [InlineData("CHIP-ELSEWHERE", "serial:ChipElsewhere")]
    public async Task Only_a_known_enabled_and_free_chip_is_fitted(string serial, string refusal)
    {
        await using var host = await MachinesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        await host.AMachineAsync(works);
        await host.AMachineAsync(works, "WJ-0002", "CHIP-ELSEWHERE");
        host.Neighbours.AChip("CHIP-OFF", isEnabled: false);
        host.Neighbours.AChip("METER-1", kind: "gas-meter");

        var answer = await FitAsync(host.Bureau, "WJ-0001", serial);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal([refusal], await MachinesHost.RefusalsAsync(answer));
    }

    [Fact]
    public async Task A_second_chip_waits_until_the_first_is_off()
    {
        await using var host = await MachinesHost.StartAsync();
        var code = await host.AMachineAsync(host.Neighbours.AnEnterprise(), chip: "CHIP-1");
        host.Neighbours.AChip("CHIP-2");

        var answer = await FitAsync(host.Bureau, code, "CHIP-2");

        Assert.Equal(["MachineHasChip"], await MachinesHost.RefusalsAsync(answer));
    }

    [Fact]
    public async Task A_chip_stays_on_while_a_session_is_open()
    {
        await using var host = await MachinesHost.StartAsync();
        var code = await host.AMachineAsync(host.Neighbours.AnEnterprise(), chip: "CHIP-1");
        await host.OpenSessionAsync(code);

        var answer = await host.Bureau.DeleteAsync(new Uri($"machines/{code}/chip", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(["SessionOpen"], await MachinesHost.RefusalsAsync(answer));
        Assert.Equal(code, host.Services.GetRequiredService<MachineIndex>().FindByChip("CHIP-1")?.Code);
    }

    [Fact]
    public async Task A_scrapped_machine_gives_its_chip_back_and_takes_none()
    {
        await using var host = await MachinesHost.StartAsync();
        var code = await host.AMachineAsync(host.Neighbours.AnEnterprise(), chip: "CHIP-1");
        await host.Bureau.PostAsJsonAsync($"machines/{code}/scrap", new { reason = "burnt out" });

        var off = await host.Bureau.DeleteAsync(new Uri($"machines/{code}/chip", UriKind.Relative));
        var on = await FitAsync(host.Bureau, code, "CHIP-1");

        Assert.Equal(HttpStatusCode.NoContent, off.StatusCode);
        Assert.Equal(["MachineScrapped"], await MachinesHost.RefusalsAsync(on));
    }

    [Fact]
    public async Task Two_machines_never_get_the_same_chip()
    {
        await using var host = await MachinesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        for (var i = 0; i < 8; i++) await host.AMachineAsync(works, $"WJ-{i:0000}");
        host.Neighbours.AChip("CHIP-1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => FitAsync(host.Bureau, $"WJ-{i:0000}", "CHIP-1")));

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        Assert.Single(host.Services.GetRequiredService<MachineIndex>().All, machine => machine.Chip == "CHIP-1");
        Assert.Single(await host.OutboxAsync());
    }

    [Fact]
    public async Task A_safety_manager_fits_no_chips()
    {
        await using var host = await MachinesHost.StartAsync();
        var own = host.Neighbours.AnEnterprise();
        var code = await host.AMachineAsync(own);
        host.Neighbours.AChip("CHIP-1");

        var answer = await FitAsync(host.As("safety-manager", own), code, "CHIP-1");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static Task<HttpResponseMessage> FitAsync(HttpClient client, string code, string serial) => client.PostAsJsonAsync($"machines/{code}/chip", new { serial });
}
