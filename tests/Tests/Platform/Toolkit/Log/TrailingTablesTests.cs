using System.Text;
using Anlan.Toolkit.Log;
using Microsoft.Data.Sqlite;

namespace Anlan.Tests.Platform.Toolkit.Log;

/// <summary>The tables of holds and commands follow the log's SQLite file at a distance; whoever opens the file, at whatever moment, finds what was committed.</summary>
public sealed class TrailingTablesTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("anlan-log-").FullName;
    private readonly LogKind _kind = new TextKind();

    private string File => Path.Combine(_folder, "hot.db");

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    [InlineData(3, 40)]
    [InlineData(4, 100_000)]
    public void After_any_run_of_batches_failures_and_restarts_the_file_tells_what_was_committed(int seed, int trail)
    {
        var random = new Random(seed);
        var (holds, commands) = (new Dictionary<string, (Guid Owner, byte Value)>(StringComparer.Ordinal), new List<Guid>());
        var store = new SqliteLogStore(File, trail);
        for (var step = 0; step < 300; step++)
        {
            var (nextHolds, nextCommands) = (new Dictionary<string, (Guid, byte)>(holds, StringComparer.Ordinal), new List<Guid>(commands));
            var batch = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Change(random, nextHolds, nextCommands)).ToList();
            if (random.Next(10) == 0 && nextCommands.Count > 0)
            {
                // A command that waits already breaks the whole batch.
                batch.Add(Draft() with { Post = new Downlink(nextCommands[0], "CHIP", "grant", [1], null) });
                Assert.Throws<InvalidDataException>(() => store.Commit(batch));
            }
            else
            {
                Assert.All(store.Commit(batch), result => Assert.True(result.IsAppended));
                (holds, commands) = (nextHolds, nextCommands);
            }

            if (random.Next(12) == 0)
            {
                store.Dispose();
                store = new SqliteLogStore(File, trail);
            }

            Assert.Equal(holds.OrderBy(hold => hold.Key, StringComparer.Ordinal).Select(hold => (hold.Key, hold.Value.Owner, hold.Value.Value)),
                store.ReadHolds().OrderBy(hold => hold.Key, StringComparer.Ordinal).Select(hold => (hold.Key, hold.Owner, hold.Value[0])));
            Assert.Equal(commands, store.ReadDownlinks().Select(command => command.Id));
        }

        store.Dispose();
    }

    [Fact]
    public void What_ended_within_the_distance_never_reaches_the_tables_and_changes_that_they_took_are_cleared()
    {
        using var store = new SqliteLogStore(File, trail: 64);
        var (lasting, grant) = (Guid.CreateVersion7(), new Downlink(Guid.CreateVersion7(), "CHIP", "grant", [1], Noon));
        store.Commit([Draft() with { Claims = [new Hold("machine/lasting", lasting, [7])], Post = grant }]);
        for (var i = 0; i < 300; i++)
        {
            var passing = Guid.CreateVersion7();
            store.Commit([Draft() with { Claims = [new Hold($"machine/{i}", passing, [1])] }]);
            store.Commit([Draft() with { Releases = [($"machine/{i}", passing)] }]);
        }

        Assert.Equal(["machine/lasting"], Ask("select key from holds"));
        Assert.Equal([grant.Id.ToString()], Ask("select id from downlinks"));
        Assert.InRange(Ask("select seq from changes").Count, 1, 70);
        Assert.Equal("machine/lasting", Assert.Single(store.ReadHolds()).Key);
    }

    [Fact]
    public void A_file_of_the_second_version_keeps_its_holds_and_the_order_of_its_commands()
    {
        var (owner, first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        using (var old = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            old.Open();
            using var command = old.CreateCommand();
            command.CommandText = $"""
                create table log(seq integer primary key, once text, entry blob not null, leaf blob not null);
                create table holds(key text primary key, owner text not null, value blob not null) without rowid;
                create table downlinks(seq integer primary key, id text not null unique, device text not null, channel text not null, payload blob not null, expires integer);
                create table once(scope text not null, block integer not null, used blob not null, primary key(scope, block)) without rowid;
                insert into log values (1, null, x'00', x'00'), (2, null, x'00', x'00'), (3, null, x'00', x'00');
                insert into holds values ('machine/1', '{owner}', x'01');
                insert into downlinks values (1, '{second}', 'CHIP', 'grant', x'01', null), (2, '{first}', 'CHIP', 'revoke', x'02', 1000);
                pragma user_version=2;
                """;
            command.ExecuteNonQuery();
        }

        using var store = new SqliteLogStore(File);

        Assert.Equal(("machine/1", owner), store.ReadHolds().Select(hold => (hold.Key, hold.Owner)).Single());
        Assert.Equal([second, first], store.ReadDownlinks().Select(command => command.Id));
        Assert.True(store.Commit([Draft() with { Releases = [("machine/1", owner)], Settle = first }])[0].IsAppended);
        Assert.Empty(store.ReadHolds());
        Assert.Equal([second], store.ReadDownlinks().Select(command => command.Id));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private LogDraft Change(Random random, Dictionary<string, (Guid Owner, byte Value)> holds, List<Guid> commands)
    {
        var key = $"machine/{random.Next(8)}";
        var value = (byte)random.Next(256);
        if (!holds.TryGetValue(key, out var held))
        {
            var owner = Guid.CreateVersion7();
            holds[key] = (owner, value);
            var post = new Downlink(Guid.CreateVersion7(), "CHIP", "grant", [value], random.Next(2) == 0 ? Noon : null);
            commands.Add(post.Id);
            return Draft() with { Claims = [new Hold(key, owner, [value])], Post = post };
        }

        if (random.Next(2) == 0)
        {
            holds[key] = (held.Owner, value);
            return Draft() with { Updates = [new Hold(key, held.Owner, [value])] };
        }

        holds.Remove(key);
        var settled = commands.Count > 0 ? commands[random.Next(commands.Count)] : Guid.CreateVersion7();
        commands.Remove(settled);
        return Draft() with { Releases = [(key, held.Owner)], Settle = settled };
    }

    private LogDraft Draft() => new(_kind, "test", Noon, "x", Encoding.UTF8.GetBytes("x"));

    private List<string> Ask(string sql)
    {
        using var reader = new SqliteConnection($"Data Source={File};Pooling=False;Mode=ReadOnly");
        reader.Open();
        using var command = reader.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var found = new List<string>();
        while (rows.Read()) found.Add(rows.GetString(0));
        return found;
    }

    private sealed class TextKind() : LogKind("test.text")
    {
        public override object Decode(ReadOnlySpan<byte> body) => Encoding.UTF8.GetString(body);
    }
}
