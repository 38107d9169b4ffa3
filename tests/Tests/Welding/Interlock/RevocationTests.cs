using Anlan.Contracts.Devices;
using Anlan.Contracts.Training;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Log;
using Anlan.Welding.Interlock;
using Anlan.Welding.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Welding.Interlock;

/// <summary>Whoever takes power away commits first and then visits; whoever grants looks again after the own commit: nothing slips between the two.</summary>
public sealed class RevocationTests
{
    [Fact]
    public async Task A_certificate_revoked_at_any_await_of_a_start_leaves_no_power()
    {
        var store = new HookedStore();
        await using var host = await WeldingHost.StartAsync(store: store.Around);
        var machine = await host.AMachineAsync();
        var chip = await host.SwitchOnAsync(machine);
        var questions = await CountQuestionsAsync(host, machine);
        Assert.True(questions >= 6, $"only {questions} facts were asked for");

        for (var at = 1; at <= questions; at++)
        {
            var welder = host.Facts.AWelder(host.Enterprise);
            Task? visit = null;
            host.Facts.ResetQuestions();
            host.Facts.AfterQuestion = number =>
            {
                if (number == at) visit = RevokeAndVisitAsync(host, welder);
            };
            await AssertNoPowerAsync(host, machine, chip, welder, () => visit!);
        }

        foreach (var isBefore in new[] { true, false })
        {
            var welder = host.Facts.AWelder(host.Enterprise);
            Task? visit = null;
            store.Arm(isBefore, () => visit = RevokeAndVisitAsync(host, welder));
            await AssertNoPowerAsync(host, machine, chip, welder, () => visit!);
        }
    }

    [Fact]
    public async Task A_certificate_revoked_while_welding_cuts_the_power()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var chip = await host.SwitchOnAsync(machine);
        var welder = host.Facts.AWelder(host.Enterprise);
        var started = await host.StartAsync(machine, welder);
        await WeldingHost.UntilAsync(() => chip.IsPowered);

        await RevokeAndVisitAsync(host, welder);

        await WeldingHost.UntilAsync(() => !chip.IsPowered && host.Sessions.At(machine.Id) is null);
        Assert.Equal("CertificateRevoked", (await host.SessionRowAsync(started.Session!.Value))?.EndReason);
    }

    [Fact]
    public async Task A_person_unbound_or_an_enterprise_closed_while_welding_cuts_the_power()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        var chip = await host.SwitchOnAsync(machine);
        var welder = host.Facts.AWelder(host.Enterprise);

        await StartedAsync();
        host.Facts.Unbind(welder, host.Enterprise);
        await VisitAsync(host, new PersonUnbound(welder, host.Enterprise, "left"));
        await WeldingHost.UntilAsync(() => !chip.IsPowered && host.Sessions.At(machine.Id) is null);

        host.Facts.Bind(welder, host.Enterprise);
        await StartedAsync();
        host.Facts.Close(host.Enterprise);
        await VisitAsync(host, new EnterpriseClosed(host.Enterprise));
        await WeldingHost.UntilAsync(() => !chip.IsPowered && host.Sessions.At(machine.Id) is null);

        async Task StartedAsync()
        {
            Assert.Empty((await host.StartAsync(machine, welder)).Refusals);
            await WeldingHost.UntilAsync(() => chip.IsPowered);
        }
    }

    [Fact]
    [Trait("Requirement", "CHIP-REVOKE-06")]
    public async Task A_revocation_is_durable_tells_the_remaining_lease_and_waits_for_a_chip_without_network()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await using var chip = await RawChip.ConnectAsync(host, machine);
        var started = await host.StartAsync(machine, host.Facts.AWelder(host.Enterprise));
        await WeldingHost.UntilAsync(() => chip.Channels.Contains("grant"));
        await chip.AcknowledgeAsync(chip.IdsOf("grant")[0], relay: true, session: started.Session, counter: 1);
        await chip.DisposeAsync();
        await WeldingHost.UntilAsync(() => !host.Get<IDevices>().StateOf(machine.Serial).IsOnline);

        var revoked = await host.Twin(machine).RevokeAsync(Guid.CreateVersion7(), "smoke");

        Assert.InRange((revoked.LeaseUntil!.Value - host.Clock.GetUtcNow()).TotalMinutes, 14, 15);
        Assert.Single(host.ReadLog().Select(record => record.Body).OfType<RevocationBody>());
        Assert.Equal(SessionState.Ending, host.Sessions.At(machine.Id)?.State);

        await using var again = await RawChip.ConnectAsync(host, machine, seq: 100, counter: 1);
        await WeldingHost.UntilAsync(() => again.Channels.Contains("revoke"));
        Assert.NotNull(host.Sessions.At(machine.Id));
        await again.AcknowledgeAsync(again.IdsOf("revoke")[0], counter: 1);
        Assert.Null(host.Sessions.At(machine.Id));
    }

    [Fact]
    public async Task Only_the_own_session_can_be_stopped()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await host.SwitchOnAsync(machine);
        await host.StartAsync(machine, host.Facts.AWelder(host.Enterprise));

        var foreign = await host.Twin(machine).StopAsync(Guid.CreateVersion7(), Guid.Empty);

        Assert.Equal("NotYourSession", foreign.Refusal);
        Assert.NotEqual(SessionState.Ending, host.Sessions.At(machine.Id)?.State);
    }

    private static async Task<int> CountQuestionsAsync(WeldingHost host, AMachine machine)
    {
        var welder = host.Facts.AWelder(host.Enterprise);
        host.Facts.ResetQuestions();
        await host.StartAsync(machine, welder);
        var questions = host.Facts.Questions;
        await host.Twin(machine).StopAsync(welder.Value, Guid.Empty);
        await WeldingHost.UntilAsync(() => host.Sessions.At(machine.Id) is null);
        return questions;
    }

    private static async Task AssertNoPowerAsync(WeldingHost host, AMachine machine, AChip chip, PersonId welder, Func<Task> visit)
    {
        await host.StartAsync(machine, welder);
        host.Facts.AfterQuestion = null;
        await visit();

        await WeldingHost.UntilAsync(() => host.Sessions.At(machine.Id) is null);
        Assert.False(chip.IsPowered);
        Assert.Null(host.Sessions.Of(welder));
    }

    // As the owner does it: the fact changes first, then every open session of the person is visited; not within this turn.
    private static Task RevokeAndVisitAsync(WeldingHost host, PersonId welder)
    {
        host.Facts.RevokeCertificates(welder);
        return Task.Run(() => VisitAsync(host, new CertificateWithdrawn(Guid.Empty, welder, "revoked")));
    }

    private static async Task VisitAsync<TEvent>(WeldingHost host, TEvent happened) where TEvent : Anlan.Kernel.Events.IDomainEvent
    {
        await using var scope = host.Services.CreateAsyncScope();
        await ((Anlan.Kernel.Events.IEventSubscriber<TEvent>)(object)scope.ServiceProvider.GetRequiredService<RecheckSessions>()).HandleAsync(happened, Guid.CreateVersion7(), CancellationToken.None);
    }

    /// <summary>Lets a test act right before or right after the commit of a decision.</summary>
    private sealed class HookedStore
    {
        private Action? _before;
        private Action? _after;

        public ILogStore Around(ILogStore store) => new Decorator(store, this);

        public void Arm(bool isBefore, Action act)
        {
            _before = isBefore ? act : null;
            _after = isBefore ? null : act;
        }

        private sealed class Decorator(ILogStore inner, HookedStore hooks) : ILogStore
        {
            public long LastSeq => inner.LastSeq;

            public IReadOnlyList<AppendResult> Commit(IReadOnlyList<LogDraft> batch)
            {
                var decides = batch.Any(draft => draft.Model is DecisionBody);
                if (decides) Interlocked.Exchange(ref hooks._before, null)?.Invoke();
                var results = inner.Commit(batch);
                if (decides) Interlocked.Exchange(ref hooks._after, null)?.Invoke();
                return results;
            }

            public IReadOnlyList<Anlan.Kernel.Log.LogEntry> Read(long after, int most) => inner.Read(after, most);

            public byte[]? ReadBytes(long seq) => inner.ReadBytes(seq);

            public IReadOnlyList<byte[]> ReadLeaves(long after, int most) => inner.ReadLeaves(after, most);

            public IReadOnlyList<Hold> ReadHolds() => inner.ReadHolds();

            public IReadOnlyList<Downlink> ReadDownlinks() => inner.ReadDownlinks();

            public void Dispose() => inner.Dispose();
        }
    }
}
