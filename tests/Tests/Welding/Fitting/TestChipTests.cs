using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Fitting;
using Anlan.Welding.Machines;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Welding.Fitting;

/// <summary>Self-tests over real MQTT, from the question to the state of the machine.</summary>
public sealed class TestChipTests : IAsyncLifetime
{
    private WeldingHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await WeldingHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("Requirement", "CHIP-TEST-07")]
    public async Task A_good_chip_passes_is_put_to_use_and_only_then_gives_power()
    {
        var (machine, chip) = await InstalledAsync();
        var welder = _host.Facts.AWelder(_host.Enterprise);
        Assert.Equal(("FittingNotActive", "WELD-FITTING"), Of((await _host.StartAsync(machine, welder)).Refusals));

        var tested = await TestAsync(machine);

        Assert.True(tested.Value.IsPassed);
        Assert.Equal(["relay", "current", "position", "signal"], tested.Value.Readings.Select(reading => reading.What));
        Assert.False(chip.IsPowered);
        var log = _host.ReadLog();
        Assert.True(log.Single(record => record.Kind == "chip.test").Seq < log.Single(record => record.Kind == "chip.tested").Seq);
        Assert.DoesNotContain(_host.Log.DownlinksOf(machine.Serial, _host.Clock.GetUtcNow()), waiting => waiting.Channel == "test");
        Assert.Equal("FittingNotActive", (await _host.StartAsync(machine, welder)).Refusals[0].Code);

        // Without a photo it is not put to use.
        Assert.Equal([("FittingPhotoMissing", "FIT-PHOTO")], (await ActAsync(machine, slice => slice.ActivateAsync(machine.Code, Stop))).Refusals.Select(refusal => (refusal.Code, refusal.Rule!)));
        await PhotographAsync(machine);
        Assert.True((await ActAsync(machine, slice => slice.ActivateAsync(machine.Code, Stop))).IsDone);
        Assert.Empty((await _host.StartAsync(machine, welder)).Refusals);
    }

    [Fact]
    public async Task A_chip_in_use_that_fails_is_faulty_and_starts_nothing()
    {
        var (machine, chip) = await InstalledAsync(FittingState.Active);
        chip.Scene.Senses = SteadyScene.Quiet with { Amperes = 40, IsContactClosed = false };

        var tested = await TestAsync(machine);

        Assert.False(tested.Value.IsPassed);
        Assert.Equal(FittingState.Faulty, tested.Value.State);
        Assert.Equal("FittingNotActive", (await _host.StartAsync(machine, _host.Facts.AWelder(_host.Enterprise))).Refusals[0].Code);
    }

    [Fact]
    public async Task A_reported_fault_cuts_the_power_of_a_running_machine_and_a_running_machine_is_not_tested()
    {
        var (machine, chip) = await InstalledAsync(FittingState.Active);
        await _host.StartAsync(machine, _host.Facts.AWelder(_host.Enterprise));
        await WeldingHost.UntilAsync(() => chip.IsPowered);

        Assert.Equal("SessionOpen", (await TestAsync(machine)).Refusals[0].Code);
        Assert.True((await ActAsync(machine, slice => slice.ReportFaultAsync(machine.Code, new MoveFitting.Request("relay sticks"), Stop))).IsDone);

        await WeldingHost.UntilAsync(() => !chip.IsPowered);
    }

    [Fact]
    [Trait("Requirement", "CHIP-TEST-07")]
    [Trait("Requirement", "CHIP-TEST-08")]
    public async Task Reports_of_nobodys_question_and_of_another_chip_change_nothing()
    {
        var machine = await _host.AMachineAsync();
        await _host.EditAsync(machine.Id, m => m.Fitting = FittingState.Installed);
        await using var raw = await RawChip.ConnectAsync(_host, machine);

        await raw.SendAsync("test", new TestReport(raw.Boot, raw.Next(), 1, null, Guid.CreateVersion7(), true, null, false, 0, 0, machine.Id.Value, false, new ChipPosition(30.5, 120), -70));

        Assert.Single(_host.ReadLog(), record => record.Kind == "chip.tested");
        Assert.Equal(FittingState.Installed, _host.Get<MachineIndex>().Find(machine.Id)!.Fitting);

        var asking = TestAsync(machine);
        await WeldingHost.UntilAsync(() => raw.Channels.Contains("test"));
        var id = ChipJson.Read<TestCommand>(raw.Received.First(r => r.Channel == "test").Payload).Id;
        await raw.SendAsync("test", new TestReport(raw.Boot, raw.Next(), 1, null, id, false, ChipRefusal.Busy, null, null, null, machine.Id.Value, false));
        Assert.Equal("SelfTestRefused", (await asking).Refusals[0].Code);
        Assert.Equal(FittingState.Installed, _host.Get<MachineIndex>().Find(machine.Id)!.Fitting);
    }

    private async Task<(AMachine Machine, AChip Chip)> InstalledAsync(FittingState state = FittingState.Installed)
    {
        var machine = await _host.AMachineAsync();
        await _host.EditAsync(machine.Id, m => m.Fitting = state);
        var chip = await _host.SwitchOnAsync(machine);
        chip.Scene.Senses = SteadyScene.Quiet with { IsContactClosed = state == FittingState.Active ? null : false };
        return (machine, chip);
    }

    private async Task<Outcome<TestChip.Tested>> TestAsync(AMachine machine)
    {
        await using var scope = AsPlatform();
        return await scope.ServiceProvider.GetRequiredService<TestChip>().RunAsync(machine.Code, Stop);
    }

    private async Task<Outcome> ActAsync(AMachine machine, Func<MoveFitting, Task<Outcome>> act)
    {
        _ = machine;
        await using var scope = AsPlatform();
        return await act(scope.ServiceProvider.GetRequiredService<MoveFitting>());
    }

    private async Task PhotographAsync(AMachine machine)
    {
        await using var scope = AsPlatform();
        using var photo = new MemoryStream(Platform.Toolkit.Files.SomeFiles.Png());
        Assert.True((await scope.ServiceProvider.GetRequiredService<AttachFittingPhoto>().RunAsync(machine.Code, MachineFiles.Chip, photo, Stop)).IsDone);
    }

    private AsyncServiceScope AsPlatform()
    {
        var scope = _host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        return scope;
    }

    private static (string Code, string? Rule) Of(IReadOnlyList<Refusal> refusals) => (refusals[0].Code, refusals[0].Rule);
}
