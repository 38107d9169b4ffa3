using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Security;
using Anlan.Welding.Chips;
using Anlan.Welding.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Welding.Chips;

/// <summary>The signing key changes under running chips, and no start is lost to it.</summary>
public sealed class RotateKeysTests
{
    [Fact]
    public async Task A_key_is_introduced_then_signs_and_the_old_one_is_forgotten()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var chip = await host.SwitchOnAsync(machine);
        var welder = host.Facts.AWelder(host.Enterprise);
        var old = host.Get<SigningKeys>().Current;

        var prepared = await RunAsync(host, slice => slice.PrepareAsync(CancellationToken.None));
        await WeldingHost.UntilAsync(() => chip.Ask(logic => logic.Memory.Keys.Count) == 2 && Waiting(host) == 0);
        await StartAndStopAsync(host, machine, welder, chip);
        Assert.Equal(old.Kid, host.Get<SigningKeys>().Current.Kid);

        var activated = await RunAsync(host, slice => slice.ActivateAsync(new RotateKeys.Request(), CancellationToken.None));
        await WeldingHost.UntilAsync(() => chip.Ask(logic => logic.Memory.Keys.Count) == 1);
        await StartAndStopAsync(host, machine, welder, chip);

        Assert.Equal(prepared.Next, activated.Value.Current);
        Assert.NotEqual(old.Kid, host.Get<SigningKeys>().Current.Kid);
        Assert.Equal(host.Get<SigningKeys>().Current.PublicKey, chip.Ask(logic => logic.Memory.Keys[0]));
    }

    [Fact]
    public async Task A_key_that_a_chip_does_not_know_yet_does_not_sign_unless_forced()
    {
        await using var host = await WeldingHost.StartAsync();
        await host.AMachineAsync();
        await RunAsync(host, slice => slice.PrepareAsync(CancellationToken.None));

        var early = await RunAsync(host, slice => slice.ActivateAsync(new RotateKeys.Request(), CancellationToken.None));
        var forced = await RunAsync(host, slice => slice.ActivateAsync(new RotateKeys.Request(Force: true), CancellationToken.None));

        var refusal = Assert.Single(early.Refusals);
        Assert.Equal(("ChipsWithoutKey", FactValue.Count(1)), (refusal.Code, refusal.Measured));
        Assert.True(forced.IsDone);
    }

    [Fact]
    public async Task A_rotation_under_way_outlives_a_restart()
    {
        var first = await WeldingHost.StartAsync();
        var prepared = first.Get<SigningKeys>().Prepare();
        var current = first.Get<SigningKeys>().Current;
        var folder = await first.StopAsync();

        await using var second = await WeldingHost.StartAsync(folder: folder);

        Assert.Equal((current.Name, prepared.Name), (second.Get<SigningKeys>().Current.Name, second.Get<SigningKeys>().Next?.Name));
        await second.StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static int Waiting(WeldingHost host) => host.Log.DownlinksOf(host.Get<Anlan.Contracts.Devices.IDevices>().All.Single().Serial, host.Clock.GetUtcNow()).Count;

    private static async Task StartAndStopAsync(WeldingHost host, AMachine machine, Anlan.Contracts.Enterprises.PersonId welder, AChip chip)
    {
        Assert.Empty((await host.StartAsync(machine, welder)).Refusals);
        await WeldingHost.UntilAsync(() => chip.IsPowered && host.Sessions.At(machine.Id)?.State == SessionState.Running);
        await host.Twin(machine).StopAsync(welder.Value, Guid.Empty);
        await WeldingHost.UntilAsync(() => !chip.IsPowered && host.Sessions.At(machine.Id) is null);
    }

    private static async Task<T> RunAsync<T>(WeldingHost host, Func<RotateKeys, Task<T>> act)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        return await act(scope.ServiceProvider.GetRequiredService<RotateKeys>());
    }
}
