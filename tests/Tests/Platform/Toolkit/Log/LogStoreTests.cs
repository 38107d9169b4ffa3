using System.Text;
using Anlan.Toolkit.Log;

namespace Anlan.Tests.Platform.Toolkit.Log;

/// <summary>A batch is one transaction; a draft whose conditions do not hold leaves nothing behind and does not disturb its neighbours.</summary>
public sealed class LogStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("anlan-log-").FullName;
    private readonly LogKind _kind = new TextKind();

    [Fact]
    public void What_was_committed_is_there_after_a_restart()
    {
        var (session, downlink) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        using (var store = TestStore.OpenLog(_folder))
        {
            var results = store.Commit([Draft("one"), Draft("two") with { Claims = [new Hold("person/1", session, [1, 2])], Post = new Downlink(downlink, "CHIP-1", "grant", [3], Noon) }]);
            Assert.Equal([1, 2], results.Select(result => result.Seq));
        }

        using var again = TestStore.OpenLog(_folder);
        Assert.Equal(2, again.LastSeq);
        Assert.Equal(["one", "two"], again.Read(0, 10).Select(entry => Encoding.UTF8.GetString(entry.Body.Span)));
        var hold = Assert.Single(again.ReadHolds());
        Assert.Equal(("person/1", session, "AQI="), (hold.Key, hold.Owner, Convert.ToBase64String(hold.Value)));
        var waiting = Assert.Single(again.ReadDownlinks());
        Assert.Equal((downlink, "CHIP-1", "grant", "Aw==", Noon), (waiting.Id, waiting.Device, waiting.Channel, Convert.ToBase64String(waiting.Payload), waiting.ExpiresAt!.Value));
    }

    [Fact]
    public void An_entry_is_written_once_under_its_key_and_a_repeat_changes_no_hold()
    {
        using var store = TestStore.OpenLog(_folder);
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        store.Commit([Draft("one") with { Once = "u/1", Claims = [new Hold("machine/1", first, [1])] }]);

        var results = store.Commit([
            Draft("repeat") with { Once = "u/1", Releases = [("machine/1", first)], Claims = [new Hold("machine/2", second, [2])] },
            Draft("next") with { Once = "u/2" },
        ]);

        Assert.Equal([AppendStatus.Repeated, AppendStatus.Appended], results.Select(result => result.Status));
        Assert.Equal(2, results[1].Seq);
        Assert.Equal("machine/1", Assert.Single(store.ReadHolds()).Key);
    }

    [Fact]
    public void A_batch_that_fails_leaves_no_hold_behind_neither_in_the_table_nor_in_memory()
    {
        using var store = TestStore.OpenLog(_folder);
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        store.Commit([Draft("one") with { Claims = [new Hold("machine/1", first, [1])] }]);
        var twice = new Downlink(Guid.CreateVersion7(), "CHIP-1", "grant", [1], null);

        Assert.ThrowsAny<Exception>(() => store.Commit([
            Draft("two") with { Releases = [("machine/1", first)], Claims = [new Hold("machine/2", second, [2])], Post = twice },
            Draft("three") with { Post = twice },
        ]));
        var results = store.Commit([
            Draft("four") with { Claims = [new Hold("machine/2", second, [2])] },
            Draft("five") with { Claims = [new Hold("machine/1", second, [2])] },
        ]);

        Assert.Equal([AppendStatus.Appended, AppendStatus.Conflict], results.Select(result => result.Status));
        Assert.Equal(["machine/1", "machine/2"], store.ReadHolds().Select(hold => hold.Key).Order());
    }

    [Fact]
    public void A_hold_may_come_change_go_and_come_again_within_one_batch()
    {
        using var store = TestStore.OpenLog(_folder);
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var posted = new Downlink(Guid.CreateVersion7(), "CHIP-1", "grant", [1], null);
        store.Commit([Draft("before") with { Claims = [new Hold("machine/1", first, [1]), new Hold("machine/2", first, [1]), new Hold("machine/3", first, [1])] }]);

        var results = store.Commit([
            Draft("one") with { Claims = [new Hold("person/1", first, [1])], Post = posted },
            Draft("two") with { Updates = [new Hold("person/1", first, [2]), new Hold("machine/3", first, [2])] },
            Draft("three") with { Releases = [("person/1", first), ("machine/1", first), ("machine/2", first)], Settle = posted.Id },
            Draft("four") with { Claims = [new Hold("machine/1", second, [4])] },
            Draft("five") with { Claims = [new Hold("machine/2", first, [5])] },
            Draft("six") with { Updates = [new Hold("machine/1", first, [6])] },
        ]);

        Assert.Equal([null, null, null, null, null, "machine/1"], results.Select(result => result.ConflictKey));
        Assert.Equal([("machine/1", second, 4), ("machine/2", first, 5), ("machine/3", first, 2)],
            store.ReadHolds().OrderBy(hold => hold.Key, StringComparer.Ordinal).Select(hold => (hold.Key, hold.Owner, (int)hold.Value[0])));
        Assert.Empty(store.ReadDownlinks());
    }

    [Fact]
    public void A_second_writer_of_the_same_file_is_noticed_and_nothing_of_the_batch_stands()
    {
        using var store = TestStore.OpenLog(_folder);
        var first = Guid.CreateVersion7();
        store.Commit([Draft("one") with { Claims = [new Hold("machine/1", first, [1])] }]);
        TestStore.RunPast(_folder, "hot.db", TestStore.IsPostgres ? "delete from hot.holds" : "insert into log(seq, entry, leaf) select 2, entry, leaf from log where seq = 1");

        Assert.Throws<InvalidDataException>(() => store.Commit([Draft("two"), Draft("three") with { Releases = [("machine/1", first)] }]));

        Assert.Equal(1, store.LastSeq);
        Assert.All(store.Read(0, 10), entry => Assert.Equal("one", Encoding.UTF8.GetString(entry.Body.Span)));
    }

    [Fact]
    public void Who_claims_what_another_holds_gets_nothing_and_is_told_what_stood_against_it()
    {
        using var store = TestStore.OpenLog(_folder);
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var posted = new Downlink(Guid.CreateVersion7(), "CHIP-2", "grant", [1], null);

        var results = store.Commit([
            Draft("one") with { Claims = [new Hold("machine/1", first, [1]), new Hold("person/1", first, [1])] },
            Draft("two") with { Claims = [new Hold("machine/2", second, [2]), new Hold("person/1", second, [2])], Post = posted },
            Draft("three") with { Releases = [("machine/1", second)] },
            Draft("four") with { Updates = [new Hold("machine/1", second, [9])] },
            Draft("five") with { Updates = [new Hold("machine/1", first, [5])] },
        ]);

        Assert.Equal([null, "person/1", "machine/1", "machine/1", null], results.Select(result => result.ConflictKey));
        Assert.Equal(["one", "five"], store.Read(0, 10).Select(entry => Encoding.UTF8.GetString(entry.Body.Span)));
        Assert.Equal([("machine/1", 5), ("person/1", 1)], store.ReadHolds().OrderBy(hold => hold.Key, StringComparer.Ordinal).Select(hold => (hold.Key, (int)hold.Value[0])));
        Assert.Empty(store.ReadDownlinks());
    }

    [Fact]
    public void A_batch_that_fails_leaves_nothing_and_the_next_one_is_written()
    {
        using var store = TestStore.OpenLog(_folder);
        var downlink = new Downlink(Guid.CreateVersion7(), "CHIP-1", "revoke", [1], null);
        store.Commit([Draft("one") with { Post = downlink }]);

        // Ids of downlinks are unique: the second draft breaks the whole batch.
        Assert.ThrowsAny<Exception>(() => store.Commit([Draft("two"), Draft("three") with { Post = downlink }]));
        var result = Assert.Single(store.Commit([Draft("four") with { Settle = downlink.Id }]));

        Assert.Equal(2, result.Seq);
        Assert.Equal(["one", "four"], store.Read(0, 10).Select(entry => Encoding.UTF8.GetString(entry.Body.Span)));
        Assert.Empty(store.ReadDownlinks());
    }

    public void Dispose() => TestStore.Remove(_folder);

    private LogDraft Draft(string text) => new(_kind, "machine/1", Noon, text, Encoding.UTF8.GetBytes(text));

    private sealed class TextKind() : LogKind("test.text")
    {
        public override object Decode(ReadOnlySpan<byte> body) => Encoding.UTF8.GetString(body);
    }
}
