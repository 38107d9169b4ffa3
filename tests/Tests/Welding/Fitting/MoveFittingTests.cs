using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Welding.Fitting;
using Anlan.Tests.Welding.Machines;
using Anlan.Welding.Machines;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Welding.Fitting;

public sealed class MoveFittingTests : IAsyncLifetime
{
    private MachinesHost _host = null!;

    private HttpClient Installer => field ??= _host.As("installer");

    public async ValueTask InitializeAsync()
    {
        _host = await MachinesHost.StartAsync();
        var works = _host.Neighbours.AnEnterprise();
        await _host.AMachineAsync(works);
        await _host.AMachineAsync(works, "WJ-0002");
        _host.Neighbours.AChip("CHIP-1");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Each_step_is_kept_with_day_and_note_and_the_last_one_is_taken_back()
    {
        await DoAsync("survey", new { note = "plate is readable" });
        await DoAsync("schedule", new { on = "2040-03-07" });
        await FitAsync("WJ-0001");
        await DoAsync("undo");

        var fitting = await ShowAsync();
        var steps = fitting.GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal(("scheduled", "2040-03-07"), (fitting.GetProperty("state").GetString(), fitting.GetProperty("plannedOn").GetString()));
        Assert.Equal(["install", "schedule", "survey"], steps.Select(step => step.GetProperty("act").GetString()));
        Assert.Equal([true, false, false], steps.Select(step => step.GetProperty("undoneAt").ValueKind == JsonValueKind.String));
        Assert.Equal(("CHIP-1", "plate is readable"), (steps[0].GetProperty("chip").GetString(), steps[2].GetProperty("note").GetString()));
        Assert.Null(_host.Services.GetRequiredService<MachineIndex>().FindByChip("CHIP-1"));
    }

    [Fact]
    public async Task A_chip_that_was_scanned_at_the_wrong_machine_moves_to_the_right_one_in_one_act()
    {
        await FitAsync("WJ-0001");

        var refused = await Installer.PostAsJsonAsync("machines/WJ-0002/chip", new { serial = "CHIP-1" });
        var moved = await Installer.PostAsJsonAsync("machines/WJ-0002/chip", new { serial = "CHIP-1", moves = true });

        Assert.Equal(["serial:ChipElsewhere"], await MachinesHost.RefusalsAsync(refused));
        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        Assert.Equal((FittingState.Unfitted, null), (At("WJ-0001").Fitting, At("WJ-0001").Chip));
        Assert.Equal((FittingState.Installed, "CHIP-1"), (At("WJ-0002").Fitting, At("WJ-0002").Chip));
    }

    [Fact]
    public async Task A_chip_in_a_running_machine_does_not_move()
    {
        await FitAsync("WJ-0001");
        await _host.OpenSessionAsync("WJ-0001");

        var moved = await Installer.PostAsJsonAsync("machines/WJ-0002/chip", new { serial = "CHIP-1", moves = true });

        Assert.Equal(["SessionOpen"], await MachinesHost.RefusalsAsync(moved));
        Assert.Equal("CHIP-1", At("WJ-0001").Chip);
    }

    [Fact]
    public async Task A_step_out_of_turn_a_day_of_yesterday_and_a_fault_without_words_are_refused_and_change_nothing()
    {
        Assert.Equal(["FittingOutOfTurn"], await RefusedAsync("schedule", new { on = "2040-03-07" }));
        Assert.Equal(["FittingOutOfTurn"], await RefusedAsync("activate"));
        Assert.Equal(["FittingNotUndoable"], await RefusedAsync("undo"));
        await DoAsync("survey");
        Assert.Equal(["on:FittingDayInvalid"], await RefusedAsync("schedule", new { on = "2040-03-04" }));
        await FitAsync("WJ-0001");
        Assert.Equal(["note:ReasonInvalid"], await RefusedAsync("fault"));
        Assert.Equal(FittingState.Installed, At("WJ-0001").Fitting);
    }

    [Fact]
    public async Task Scrapping_taking_off_and_a_fault_end_the_use()
    {
        await FitAsync("WJ-0001");
        await DoAsync("fault", new { note = "smells burnt" });
        Assert.Equal(FittingState.Faulty, At("WJ-0001").Fitting);

        Later();
        await Installer.DeleteAsync(new Uri("machines/WJ-0001/chip", UriKind.Relative));
        Assert.Equal(FittingState.Removed, At("WJ-0001").Fitting);

        Later();
        await _host.Bureau.PostAsJsonAsync("machines/WJ-0001/scrap", new { reason = "burnt out" });
        Assert.Equal(FittingState.Scrapped, At("WJ-0001").Fitting);
        Assert.Equal(["scrap", "remove", "reportFault", "install"], (await ShowAsync()).GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("act").GetString()));
    }

    [Fact]
    public async Task The_list_holds_what_is_missing_and_only_those_who_may_fit_move_it()
    {
        await FitAsync("WJ-0001");

        var list = await _host.Bureau.GetFromJsonAsync<JsonElement>("fittings?missing=true&state=installed");
        var forbidden = await _host.As("grid-worker").PostAsJsonAsync("machines/WJ-0001/fitting/survey", new { });
        var file = await _host.Bureau.GetStringAsync("fittings/export?search=WJ-0001");

        Assert.Equal("WJ-0001", Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        Assert.Equal(2, file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private MachineFacts At(string code) => _host.Services.GetRequiredService<MachineIndex>().FindByCode(code)!;

    private Task<JsonElement> ShowAsync() => _host.Bureau.GetFromJsonAsync<JsonElement>("machines/WJ-0001/fitting");

    // Steps are told apart by their time, to the millisecond.
    private void Later() => _host.Clock.Advance(TimeSpan.FromSeconds(1));

    private async Task FitAsync(string code)
    {
        Later();
        (await Installer.PostAsJsonAsync($"machines/{code}/chip", new { serial = "CHIP-1" })).EnsureSuccessStatusCode();
    }

    private async Task DoAsync(string verb, object? body = null)
    {
        Later();
        Assert.Equal(HttpStatusCode.NoContent, (await Installer.PostAsJsonAsync($"machines/WJ-0001/fitting/{verb}", body ?? new { })).StatusCode);
    }

    private async Task<string[]> RefusedAsync(string verb, object? body = null) => await MachinesHost.RefusalsAsync(await Installer.PostAsJsonAsync($"machines/WJ-0001/fitting/{verb}", body ?? new { }));
}
