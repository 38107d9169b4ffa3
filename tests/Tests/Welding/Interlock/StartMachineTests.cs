using System.Net;
using Anlan.Contracts.Devices;
using Anlan.Contracts.Enterprises;
using Anlan.Welding.Interlock;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;

namespace Anlan.Tests.Welding.Interlock;

/// <summary>From the request to the closed relay and back, over real MQTT with the chip's own logic.</summary>
public sealed class StartMachineTests
{
    [Fact]
    public async Task A_granted_start_powers_the_machine_and_a_stop_cuts_it_and_both_are_told()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var welder = host.Facts.AWelder(host.Enterprise);
        var chip = await host.SwitchOnAsync(machine);

        var answer = await host.StartAsync(machine, welder);
        await WeldingHost.UntilAsync(() => chip.IsPowered && host.Sessions.At(machine.Id)?.State == SessionState.Running);
        var stopped = await host.Twin(machine).StopAsync(welder.Value, Guid.Empty);
        await WeldingHost.UntilAsync(() => !chip.IsPowered && host.Sessions.At(machine.Id) is null);

        Assert.Empty(answer.Refusals);
        Assert.Equal(answer.Session, stopped.Session);
        Assert.Null(host.Sessions.Of(welder));
        var row = await host.SessionRowAsync(answer.Session!.Value);
        Assert.NotNull(row?.PoweredAt);
        Assert.NotNull(row.EndedAt);
        Assert.Equal((EndReasons.Stop, true), (row.EndReason, row.IsEndConfirmed));
        await WeldingHost.UntilAsync(() => host.Log.DownlinksOf(machine.Serial, host.Clock.GetUtcNow()).Count == 0);
    }

    [Fact]
    public async Task Without_a_certificate_the_machine_stays_off_and_the_refusal_is_on_record()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var welder = host.Facts.AWelder(host.Enterprise);
        host.Facts.SetCertificates(welder);
        var chip = await host.SwitchOnAsync(machine);

        var answer = await host.StartAsync(machine, welder);

        Assert.Equal("CertificateNotFound", Assert.Single(answer.Refusals).Code);
        Assert.Null(host.Sessions.At(machine.Id));
        Assert.False(chip.IsPowered);
        var decision = Assert.Single(host.ReadLog().Select(record => record.Body).OfType<DecisionBody>());
        Assert.Equal("CertificateNotFound", Assert.Single(decision.Refusals).Code);
    }

    [Fact]
    public async Task A_machine_of_another_enterprise_stays_off()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync(user: host.Facts.AnEnterprise());
        await host.SwitchOnAsync(machine);

        var answer = await host.StartAsync(machine, host.Facts.AWelder(host.Enterprise));

        Assert.Equal("NotBoundToEnterprise", Assert.Single(answer.Refusals).Code);
    }

    [Fact]
    public async Task A_chip_without_network_refuses_the_start_at_the_server()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var chip = await host.SwitchOnAsync(machine);
        await chip.PullPlugAsync();
        await WeldingHost.UntilAsync(() => !host.Get<IDevices>().StateOf(machine.Serial).IsOnline);

        var answer = await host.StartAsync(machine, host.Facts.AWelder(host.Enterprise));

        Assert.Equal("ChipOffline", Assert.Single(answer.Refusals).Code);
    }

    [Fact]
    public async Task A_start_right_after_a_stop_waits_until_the_chip_has_said_that_the_session_is_over()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        using var welder = await SignedInWelder.AtAsync(host, host.Facts.AWelder(host.Enterprise));
        await using var chip = await RawChip.ConnectAsync(host, machine);
        await WeldingHost.UntilAsync(() => host.Get<IDevices>().StateOf(machine.Serial).IsOnline);
        Assert.Equal(HttpStatusCode.OK, (await welder.StartAsync(machine)).StatusCode);
        await chip.AcknowledgeAsync(await chip.NextIdAsync("grant", 1), relay: true, session: host.Sessions.At(machine.Id)!.Session.Value, counter: 1);
        await WeldingHost.UntilAsync(() => host.Sessions.At(machine.Id) is { State: SessionState.Running });
        await welder.StopAsync(machine);

        using var hasty = await welder.StartAsync(machine);
        var patient = welder.StartAsync(machine, waitSeconds: 10);
        await welder.AskAsync();
        Assert.False(patient.IsCompleted);
        await chip.AcknowledgeAsync(await chip.NextIdAsync("revoke", 1), counter: 1);
        await chip.AcknowledgeAsync(await chip.NextIdAsync("grant", 2), relay: true, counter: 2, session: host.Sessions.At(machine.Id)!.Session.Value);
        using var granted = await patient;

        Assert.Equal(HttpStatusCode.Conflict, hasty.StatusCode);
        Assert.Contains("MachineInUse", await hasty.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("powered", await granted.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_ends_no_later_than_the_last_day_of_the_certificate()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await host.SwitchOnAsync(machine);
        var calendar = host.Get<Anlan.Kernel.Time.CityCalendar>();
        var welder = host.Facts.AWelder(host.Enterprise, expiresOn: calendar.Today);

        var answer = await host.StartAsync(machine, welder);

        var latest = calendar.EndOf(calendar.Today);
        Assert.True(answer.EndsAt <= latest && answer.LeaseUntil <= latest);
    }

    [Fact]
    public async Task Of_many_starts_at_once_one_welder_gets_one_machine_and_one_machine_one_welder()
    {
        await using var host = await WeldingHost.StartAsync();
        var machines = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => host.AMachineAsync()));
        foreach (var machine in machines) await host.SwitchOnAsync(machine);

        for (var round = 0; round < 1_000; round++)
        {
            PersonId[] welders = [host.Facts.AWelder(host.Enterprise), host.Facts.AWelder(host.Enterprise)];
            var attempts = await Task.WhenAll(from machine in machines from welder in welders select AttemptAsync(machine, welder));
            var won = attempts.Where(a => a.Answer.Session is not null).ToList();

            // Each welder at most once, each machine at most once, and with two welders and two machines both get one.
            Assert.Equal(2, won.Count);
            Assert.Equal(2, won.Select(a => a.Welder).Distinct().Count());
            Assert.Equal(2, won.Select(a => a.Machine).Distinct().Count());
            Assert.All(attempts.Except(won), a => Assert.Contains(a.Answer.Refusals[0].Code, (string[])["SessionOpenElsewhere", "MachineInUse"]));
            foreach (var (machine, welder, _) in won) await host.Twin(machine).StopAsync(welder.Value, Guid.Empty);
            await WeldingHost.UntilAsync(() => host.Sessions.All.Count == 0);
        }

        async Task<(AMachine Machine, PersonId Welder, StartAnswer Answer)> AttemptAsync(AMachine machine, PersonId welder) => (machine, welder, await host.StartAsync(machine, welder));
    }

    [Fact]
    public async Task A_locked_machine_and_a_machine_outside_its_fence_stay_off()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await host.SwitchOnAsync(machine);
        var welder = host.Facts.AWelder(host.Enterprise);

        await host.EditAsync(machine.Id, m => m.LockReason = "inspection");
        var locked = await host.StartAsync(machine, welder);
        await host.EditAsync(machine.Id, m => (m.LockReason, m.Latitude) = (null, 31));
        var outside = await host.StartAsync(machine, welder);

        Assert.Equal("MachineLocked", Assert.Single(locked.Refusals).Code);
        Assert.Equal("OutsideFence", Assert.Single(outside.Refusals).Code);
    }
}
