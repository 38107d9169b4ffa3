using System.Net;
using System.Text.Json;
using Anlan.Contracts.Devices;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Telemetry;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;
using Anlan.Welding.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet.Exceptions;

namespace Anlan.Tests.Welding.Telemetry;

/// <summary>What a chip measured is durable before it is acknowledged, counted once, rolled up and sealed.</summary>
public sealed class RollUpTests
{
    [Fact]
    public async Task Minutes_hours_and_days_add_up_to_the_points_also_to_those_that_come_twice_or_late()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await using var chip = await RawChip.ConnectAsync(host, machine);
        var begin = MinuteOf(host.Clock.GetUtcNow()).AddMinutes(-10);
        var first = Batch(chip, begin.AddSeconds(50), 20);

        await chip.SendAsync("telemetry", first);
        await chip.SendAsync("telemetry", first);
        await host.ProjectedAsync();
        await chip.SendAsync("telemetry", Batch(chip, begin, 5));
        await host.ProjectedAsync();

        var spans = await SpansAsync(host);
        Assert.Equal([(begin, 15L), (begin.AddMinutes(1), 10L)], spans.Where(s => s.Kind == SpanKind.Minute).Select(s => (s.From, s.Points)));
        Assert.Equal(25, spans.Where(s => s.Kind == SpanKind.Hour).Sum(s => s.Points));
        var calendar = host.Get<CityCalendar>();
        Assert.Equal([calendar.StartOf(calendar.DateOf(begin))], spans.Where(s => s.Kind == SpanKind.Day).Select(s => s.From));
        foreach (var kind in spans.GroupBy(s => s.Kind))
        {
            Assert.Equal((25, 25, 25.0 * 200, 25.0 * 25, 25 * 5_000.0), (kind.Sum(s => s.ArcPoints), kind.Sum(s => s.ArcSeconds), kind.Sum(s => s.SumAmperes), kind.Sum(s => s.SumVolts), kind.Sum(s => s.ArcJoules)));
            Assert.All(kind, span => Assert.Equal((200, 30), (span.PeakAmperes, span.PeakTemperature)));
        }
    }

    [Fact]
    public async Task What_was_rolled_up_is_sealed_in_the_log_and_stays_counted_after_a_restart()
    {
        string folder;
        await using (var host = await WeldingHost.StartAsync())
        {
            var machine = await host.AMachineAsync();
            await using var chip = await RawChip.ConnectAsync(host, machine);
            for (var i = 0; i < 3; i++) await chip.SendAsync("telemetry", Batch(chip, host.Clock.GetUtcNow().AddSeconds(-10), 4));
            await host.ProjectedAsync();

            var seals = host.ReadLog().Select(record => record.Body).OfType<TelemetrySeal>().ToList();
            Assert.Equal([1L, 2, 3], seals.SelectMany(seal => Enumerable.Range((int)seal.First, (int)(seal.Last - seal.First + 1)).Select(seq => (long)seq)));
            Assert.All(seals, seal => Assert.Equal(seal.Hash, TelemetrySeal.HashOf(host.Telemetry.Store.Read(seal.First - 1, (int)(seal.Last - seal.First + 1)).Select(entry => entry.Entry))));
            Assert.DoesNotContain(host.ReadLog(), record => record.Kind == "chip.telemetry");

            folder = await host.StopAsync();
            await using var again = await WeldingHost.StartAsync(folder: folder, clock: host.Clock, facts: host.Facts);
            await again.ProjectedAsync();
            Assert.Equal(12, (await SpansAsync(again)).Where(s => s.Kind == SpanKind.Day).Sum(s => s.Points));
        }
    }

    [Fact]
    public async Task What_cannot_be_read_holds_up_nothing_that_came_after_it()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await using var chip = await RawChip.ConnectAsync(host, machine);
        await host.Telemetry.AppendAsync(new NewerKind().Draft("chip/C", host.Clock.GetUtcNow(), "of a later version"));
        await chip.SendAsync("telemetry", Batch(chip, host.Clock.GetUtcNow().AddSeconds(-10), 4));
        await host.ProjectedAsync();

        Assert.Equal(4, (await SpansAsync(host)).Where(s => s.Kind == SpanKind.Day).Sum(s => s.Points));
        Assert.Equal(1, host.ReadLog().Select(record => record.Body).OfType<TelemetrySeal>().Min(seal => seal.First));
    }

    [Fact]
    public async Task Positions_go_on_when_the_measurements_were_lost_so_that_no_seal_is_taken_for_anothers()
    {
        var lost = Directory.CreateTempSubdirectory("anlan-telemetry-").FullName;
        try
        {
            await using var host = await WeldingHost.StartAsync();
            var machine = await host.AMachineAsync();
            await using (var chip = await RawChip.ConnectAsync(host, machine))
            {
                for (var i = 0; i < 3; i++) await chip.SendAsync("telemetry", Batch(chip, host.Clock.GetUtcNow().AddSeconds(-10), 4));
                await host.ProjectedAsync();
            }

            var folder = await host.StopAsync();
            await using var again = await WeldingHost.StartAsync(folder: folder, clock: host.Clock, facts: host.Facts, adjust: services => services.AddSingleton(_ => TestStore.OpenTelemetry(lost)));
            await using var chipAgain = await RawChip.ConnectAsync(again, machine, seq: 100);
            await chipAgain.SendAsync("telemetry", Batch(chipAgain, again.Clock.GetUtcNow().AddSeconds(-10), 4));
            await again.ProjectedAsync();

            Assert.Equal(4, again.Telemetry.LastSeq);
            Assert.Equal((4L, 4L), again.ReadLog().Select(record => record.Body).OfType<TelemetrySeal>().Select(seal => (seal.First, seal.Last)).Last());
            Assert.Equal(16, (await SpansAsync(again)).Where(s => s.Kind == SpanKind.Day).Sum(s => s.Points));
        }
        finally
        {
            TestStore.Remove(lost);
        }
    }

    [Fact]
    [Trait("Requirement", "CHIP-UP-08")]
    public async Task Measurements_that_cannot_be_written_are_not_acknowledged_and_the_interlock_goes_on()
    {
        var store = new FailingTelemetry();
        await using var host = await WeldingHost.StartAsync(adjust: services => services.AddSingleton<ITelemetryStore>(provider => store.Around(TestStore.OpenTelemetry(provider.GetRequiredService<DataFolder>().Root))));
        var machine = await host.AMachineAsync();
        var batch = default(TelemetryBatch);
        await using (var chip = await RawChip.ConnectAsync(host, machine))
        {
            store.IsFailing = true;
            batch = Batch(chip, host.Clock.GetUtcNow().AddSeconds(-30), 3);
            await Assert.ThrowsAnyAsync<MqttCommunicationException>(() => chip.SendAsync("telemetry", batch));
            await WeldingHost.UntilAsync(() => !host.Get<IDevices>().StateOf(machine.Serial).IsOnline);
        }

        await using var again = await RawChip.ConnectAsync(host, machine, seq: 100);
        Assert.NotNull((await host.StartAsync(machine, host.Facts.AWelder(host.Enterprise))).Session);
        Assert.Equal(0, host.Telemetry.LastSeq);

        store.IsFailing = false;
        await again.SendAsync("telemetry", batch);
        await host.ProjectedAsync();
        Assert.Equal(3, (await SpansAsync(host)).Where(s => s.Kind == SpanKind.Hour).Sum(s => s.Points));
    }

    [Fact]
    public async Task A_session_is_shown_point_by_point_and_by_minutes_when_it_is_long_or_the_points_are_gone()
    {
        await using var host = await WeldingHost.StartAsync();
        var machine = await host.AMachineAsync();
        await using var chip = await RawChip.ConnectAsync(host, machine);
        var welder = host.Facts.AWelder(host.Enterprise);
        var session = (await host.StartAsync(machine, welder)).Session!.Value;
        await WeldingHost.UntilAsync(() => chip.Channels.Contains("grant"));
        await chip.AcknowledgeAsync(chip.IdsOf("grant")[0], relay: true, session: session, counter: 1);
        var begin = host.Clock.GetUtcNow();
        host.Clock.Advance(TimeSpan.FromMinutes(3));
        await chip.SendAsync("telemetry", Batch(chip, begin.AddSeconds(20), 10, session));
        await chip.SendAsync("telemetry", Batch(chip, begin.AddSeconds(100), 2, Guid.CreateVersion7()));
        await host.ProjectedAsync();

        var close = await ShowAsync(host, session, null);
        Assert.Equal((ShowSession.Grain.Point, 10), (close.Grain, close.Points.Count));
        Assert.All(close.Points, point => Assert.Equal((200, 25, 1, 30), (point.Amperes, point.Volts, point.ArcSeconds, point.Temperature)));
        Assert.Equal(400, close.RatedAmperes);

        host.Clock.Advance(TimeSpan.FromMinutes(30));
        var whole = await ShowAsync(host, session, null);
        Assert.Equal((ShowSession.Grain.Minute, false), (whole.Grain, whole.AreGone));
        Assert.Equal(12, whole.Points.Sum(point => point.ArcSeconds));

        host.Telemetry.Store.Forget(DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime).AddDays(1), CancellationToken.None);
        var gone = await ShowAsync(host, session, begin.AddMinutes(5));
        Assert.Equal((ShowSession.Grain.Minute, true), (gone.Grain, gone.AreGone));
        Assert.Equal(12, gone.Points.Sum(point => point.ArcSeconds));
    }

    private static async Task<ShowSession.Shown> ShowAsync(WeldingHost host, Guid session, DateTimeOffset? to)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Anlan.Toolkit.Access.CurrentActor>().Actor = Anlan.Toolkit.Access.Actor.System;
        return (await scope.ServiceProvider.GetRequiredService<ShowSession>().RunAsync(session, null, to, CancellationToken.None)).Value;
    }

    private static async Task<List<MeasuredSpan>> SpansAsync(WeldingHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AnlanDb>().Set<MeasuredSpan>().AsNoTracking().OrderBy(s => s.Kind).ThenBy(s => s.From).ToListAsync();
    }

    private static TelemetryBatch Batch(RawChip chip, DateTimeOffset from, int points, Guid? session = null)
    {
        var t = from.ToUnixTimeMilliseconds();
        return new TelemetryBatch(1, chip.Next(), 1_000_000 + (points * 1_000), t + (points * 1_000), session, [.. Enumerable.Range(0, points).Select(i => new TelemetryPoint(t + (i * 1_000), 1_000_000 + (i * 1_000), 200, 25, true, 30, false))]);
    }

    private static DateTimeOffset MinuteOf(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero);

    private sealed class NewerKind() : TypedLogKind<string>("test.newer")
    {
        public override object Decode(ReadOnlySpan<byte> body) => throw new NotSupportedException();

        protected override byte[] Encode(string body) => System.Text.Encoding.UTF8.GetBytes(body);
    }

    private sealed class FailingTelemetry
    {
        public bool IsFailing { get; set; }

        public ITelemetryStore Around(ITelemetryStore store) => new Wrapped(store, this);

        private sealed class Wrapped(ITelemetryStore store, FailingTelemetry switchable) : ITelemetryStore
        {
            public long LastSeq => store.LastSeq;

            public void GoOnAfter(long seq) => store.GoOnAfter(seq);

            public IReadOnlyList<AppendResult> Commit(IReadOnlyList<LogDraft> batch) => switchable.IsFailing ? throw new IOException("no space left on device") : store.Commit(batch);

            public IReadOnlyList<(long Seq, byte[] Entry)> Read(long after, int most) => store.Read(after, most);

            public long CountBefore(DateOnly day) => store.CountBefore(day);

            public void Forget(DateOnly before, CancellationToken stop) => store.Forget(before, stop);

            public void Dispose() => store.Dispose();
        }
    }
}
