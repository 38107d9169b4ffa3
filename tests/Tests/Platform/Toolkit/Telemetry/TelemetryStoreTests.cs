using System.Text;
using Anlan.Kernel.Log;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Telemetry;

namespace Anlan.Tests.Platform.Toolkit.Telemetry;

/// <summary>Measurements are written once, in order, and go by days.</summary>
public sealed class TelemetryStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("anlan-telemetry-").FullName;
    private readonly TextKind _kind = new();

    [Fact]
    public void What_was_committed_is_there_after_a_restart_and_a_repeat_is_known_also_then()
    {
        using (var store = Open())
        {
            var first = store.Commit([Draft("one", "u/C/1/1"), Draft("two", "u/C/1/2"), Draft("one", "u/C/1/1")]);
            Assert.Equal([AppendStatus.Appended, AppendStatus.Appended, AppendStatus.Repeated], first.Select(result => result.Status));
        }

        using var again = Open();
        Assert.Equal(2, again.LastSeq);
        Assert.Equal([AppendStatus.Repeated, AppendStatus.Appended], again.Commit([Draft("two", "u/C/1/2"), Draft("three", "u/C/1/600")]).Select(result => result.Status));
        Assert.Equal(["1 one", "2 two", "3 three"], Texts(again.Read(0, 10)));
        Assert.Equal(["2 two"], Texts(again.Read(1, 1)));
    }

    [Fact]
    public void Days_past_their_term_go_and_no_position_is_given_twice()
    {
        using (var store = Open())
        {
            store.Commit([Draft("a", "u/C/1/1", Noon), Draft("b", "u/C/1/2", Noon.AddHours(11)), Draft("c", "u/C/1/3", Noon.AddHours(13)), Draft("d", "u/C/1/4", Noon.AddDays(2))]);
            var day = new DateOnly(2026, 1, 3);
            Assert.Equal((2, 4, 0), (store.CountBefore(day), store.CountBefore(day.AddDays(9)), store.CountBefore(day.AddDays(-1))));

            store.Forget(day, CancellationToken.None);
            Assert.Equal(["3 c", "4 d"], Texts(store.Read(0, 10)));
            Assert.Equal(0, store.CountBefore(day));
            Assert.Equal(AppendStatus.Repeated, Assert.Single(store.Commit([Draft("a", "u/C/1/1", Noon)])).Status);

            store.Forget(day.AddDays(9), CancellationToken.None);
            Assert.Empty(store.Read(0, 10));
        }

        using var again = Open();
        Assert.Equal(4, again.LastSeq);
        Assert.Equal(5, Assert.Single(again.Commit([Draft("e", "u/C/1/5", Noon.AddDays(3))])).Seq);
    }

    [Fact]
    public void A_server_that_runs_for_weeks_writes_each_day_also_one_of_before()
    {
        using var store = Open();
        for (var day = 0; day < 20; day++) store.Commit([Draft($"{day}", $"u/C/1/{day}", Noon.AddDays(day))]);

        Assert.Equal(AppendStatus.Appended, Assert.Single(store.Commit([Draft("late", "u/C/1/20", Noon)])).Status);

        Assert.Equal([.. Enumerable.Range(0, 20).Select(day => $"{day + 1} {day}"), "21 late"], Texts(store.Read(0, 100)));
    }

    [Fact]
    public void An_empty_store_goes_on_after_positions_that_were_given_before()
    {
        using (var store = Open())
        {
            store.GoOnAfter(7);
            Assert.Equal(7, store.LastSeq);
            Assert.Equal(8, Assert.Single(store.Commit([Draft("a", "u/C/1/1")])).Seq);
        }

        using var again = Open();
        again.GoOnAfter(3);
        Assert.Equal(8, again.LastSeq);
    }

    [Fact]
    public void A_seal_holds_until_somebody_changes_or_takes_out_what_it_sealed()
    {
        using var store = Open();
        store.Commit([.. Enumerable.Range(1, 4).Select(number => Draft("value " + number, "u/C/1/" + number))]);
        var entries = store.Read(0, 4).Select(entry => entry.Entry).ToList();
        var hash = TelemetrySeal.HashOf(entries);

        Assert.Equal(hash, TelemetrySeal.HashOf(store.Read(0, 10).Select(entry => entry.Entry)));
        Assert.NotEqual(hash, TelemetrySeal.HashOf(entries.Take(3)));
        entries[2][^1] ^= 1;
        Assert.NotEqual(hash, TelemetrySeal.HashOf(entries));
    }

    public void Dispose() => TestStore.Remove(_folder);

    private ITelemetryStore Open() => TestStore.OpenTelemetry(_folder);

    private LogDraft Draft(string text, string once, DateTimeOffset? at = null) => _kind.Draft("chip/C", at ?? Noon, text) with { Once = once };

    private static IEnumerable<string> Texts(IEnumerable<(long Seq, byte[] Entry)> entries) => entries.Select(entry => $"{entry.Seq} {Encoding.UTF8.GetString(LogEntry.Decode(entry.Seq, entry.Entry).Body.Span)}");

    private sealed class TextKind() : TypedLogKind<string>("test.text")
    {
        public override object Decode(ReadOnlySpan<byte> body) => Encoding.UTF8.GetString(body);

        protected override byte[] Encode(string body) => Encoding.UTF8.GetBytes(body);
    }
}
