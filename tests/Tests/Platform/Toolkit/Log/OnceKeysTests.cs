using System.Text;
using Anlan.Toolkit.Log;
using Microsoft.Data.Sqlite;

namespace Anlan.Tests.Platform.Toolkit.Log;

/// <summary>A key is used once for ever: whatever number it ends in, in whatever order they come, after a failed commit, a restart and an upgrade.</summary>
public sealed class OnceKeysTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("anlan-once-").FullName;
    private readonly LogKind _kind = new TextKind();

    private string File => Path.Combine(_folder, "hot.db");

    [Fact]
    public void Numbers_may_come_late_and_far_apart_but_each_only_once_also_after_a_restart()
    {
        string[] keys = ["u/A/1/7", "u/A/1/5", "u/A/1/512", "u/A/1/511", "u/A/1/9000000000000000000", "u/A/2/7", "u/B/1/7", "counter/A/7", "fitted/x", "fitted/y", "u/A/1/07", "u/A/1/-7", "plain"];
        using (var store = new SqliteLogStore(File)) Assert.All(keys, key => Assert.Equal(AppendStatus.Appended, Append(store, key)));

        using var again = new SqliteLogStore(File);

        Assert.All(keys, key => Assert.Equal(AppendStatus.Repeated, Append(again, key)));
        Assert.Equal(AppendStatus.Appended, Append(again, "u/A/1/6"));
        Assert.Equal(keys.Length + 1, again.LastSeq);
    }

    [Fact]
    public void A_key_of_a_batch_that_failed_is_free_again()
    {
        using var store = new SqliteLogStore(File);
        Assert.Equal(AppendStatus.Appended, Append(store, "u/A/1/1"));
        var twice = new Downlink(Guid.CreateVersion7(), "A", "grant", [1], null);

        Assert.Throws<InvalidDataException>(() => store.Commit([Draft("u/A/1/2") with { Post = twice }, Draft("u/A/1/3") with { Post = twice }]));

        Assert.Equal([AppendStatus.Appended, AppendStatus.Appended, AppendStatus.Repeated], store.Commit([Draft("u/A/1/2"), Draft("u/A/1/3"), Draft("u/A/1/1")]).Select(result => result.Status));
    }

    [Fact]
    public void A_file_of_the_first_version_keeps_its_keys()
    {
        using (var old = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            old.Open();
            using var command = old.CreateCommand();
            command.CommandText = """
                create table log(seq integer primary key, once text, entry blob not null, leaf blob not null);
                create unique index log_once on log(once) where once is not null;
                create table holds(key text primary key, owner text not null, value blob not null) without rowid;
                create table downlinks(seq integer primary key, id text not null unique, device text not null, channel text not null, payload blob not null, expires integer);
                insert into log values (1, 'u/A/1/1', x'00', x'00'), (2, null, x'00', x'00'), (3, 'fitted/x', x'00', x'00');
                pragma user_version=1;
                """;
            command.ExecuteNonQuery();
        }

        using var store = new SqliteLogStore(File);

        Assert.Equal(AppendStatus.Repeated, Append(store, "u/A/1/1"));
        Assert.Equal(AppendStatus.Repeated, Append(store, "fitted/x"));
        Assert.Equal(AppendStatus.Appended, Append(store, "u/A/1/2"));
        Assert.Equal(4, store.LastSeq);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private AppendStatus Append(SqliteLogStore store, string key) => Assert.Single(store.Commit([Draft(key)])).Status;

    private LogDraft Draft(string once) => new(_kind, "test", Noon, once, Encoding.UTF8.GetBytes(once)) { Once = once };

    private sealed class TextKind() : LogKind("test.text")
    {
        public override object Decode(ReadOnlySpan<byte> body) => Encoding.UTF8.GetString(body);
    }
}
