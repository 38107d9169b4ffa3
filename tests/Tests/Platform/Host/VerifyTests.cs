using Anlan.Host;
using Anlan.Kernel.Log;
using Anlan.Tests.Welding.Evidence;
using Anlan.Tests.Welding.Machines;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Evidence;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Platform.Host;

/// <summary>The whole log against somebody who changes the database behind the platform's back.</summary>
public sealed class VerifyTests : IAsyncLifetime
{
    private const int Entries = 520;
    private MachinesHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Folder => _host.Services.GetRequiredService<DataFolder>().Root;

    private bool IsPostgres => TestStore.Of(Folder).Postgres is not null;

    public async ValueTask InitializeAsync()
    {
        _host = await MachinesHost.StartAsync();
        var works = _host.Neighbours.AnEnterprise();
        await _host.AMachineAsync(works);
        await _host.RefuseAsync("WJ-0001", works, 300);
        await _host.SignAsync();
        await _host.RefuseAsync("WJ-0001", works, Entries - 300);
        await _host.SignAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_whole_log_holds_also_against_published_heads()
    {
        var published = Path.Combine(Folder, "heads.txt");
        await using (var scope = _host.Services.CreateAsyncScope()) await File.WriteAllTextAsync(published, HeadLines.Write((await scope.ServiceProvider.GetRequiredService<TreeHeads>().LastAsync(Stop))!), Stop);

        var (code, said) = await RunAsync("--Heads=" + published);

        Assert.Equal(0, code);
        Assert.Contains($"{Entries} entries without a hole, 2 signed heads and 1 published ones, the last over {Entries}", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_bad_entry_is_named()
    {
        var log = IsPostgres ? "hot.log" : "log";
        TestStore.RunPast(Folder, "hot.db", $"create table kept as select * from {log}");
        foreach (var (tampering, named) in ((string, string)[])
        [
            ("update {0} set entry=(select entry from {0} where seq=5) where seq=7", "Entry 7 was changed: "),
            ("update {0} set leaf=(select leaf from {0} where seq=5) where seq=7", "Entry 7 was changed: "),
            ("update {0} set entry=(select entry from {0} where seq=5), leaf=(select leaf from {0} where seq=5) where seq=7", "Entry 7 was changed together with its hash"),
            ("update {0} set entry=(select entry from {0} where seq=5), leaf=(select leaf from {0} where seq=5) where seq=515", "Entry 301 or one after it, at most entry 520"),
            ("delete from {0} where seq=7", "Entry 7 is missing"),
            ("delete from {0} where seq>=518", "Entry 518 is missing"),
            ("update {0} set seq=521 where seq=520", "Entry 520 is missing"),
        ])
        {
            TestStore.RunPast(Folder, "hot.db", tampering.Replace("{0}", log, StringComparison.Ordinal));

            var (code, said) = await RunAsync();

            Assert.Equal(1, code);
            Assert.Contains(named, said, StringComparison.Ordinal);
            TestStore.RunPast(Folder, "hot.db", $"delete from {log}; insert into {log} select * from kept");
        }

        Assert.Equal(0, (await RunAsync()).Code);
    }

    [Fact]
    public async Task A_head_that_was_changed_is_named()
    {
        TestStore.RunPast(Folder, "main.db", "create table kept as select * from platform_tree_heads");
        foreach (var (column, named) in ((string, string)[])[("Signature", "signature of the head over 300"), ("Root", "signature of the head over 300"), ("At", "signature of the head over 300"), ("Key", "names the key 00")])
        {
            var value = column switch { "Key" => "'00'", "At" => "\"At\" + 10000", _ => $"(select \"{column}\" from kept where \"Size\"=520)" };
            TestStore.RunPast(Folder, "main.db", $"update platform_tree_heads set \"{column}\"={value} where \"Size\"=300");

            var (code, said) = await RunAsync();

            Assert.Equal(1, code);
            Assert.Contains(named, said, StringComparison.Ordinal);
            TestStore.RunPast(Folder, "main.db", "delete from platform_tree_heads; insert into platform_tree_heads select * from kept");
        }
    }

    [Fact]
    public async Task A_published_head_convicts_a_log_that_was_rewritten_and_signed_anew()
    {
        var key = _host.Services.GetRequiredService<TreeKeys>().Current;
        var published = Path.Combine(Folder, "heads.txt");
        await File.WriteAllTextAsync(published, HeadLines.Write(new TreeHead(100, MerkleTree.EmptyRoot, _host.Clock.GetUtcNow(), key.Id).Sign(key.Pair)), Stop);

        var (code, said) = await RunAsync("--Heads=" + published);

        Assert.Equal(1, code);
        Assert.Contains("Entry 1 or one after it, at most entry 100", said, StringComparison.Ordinal);
        Assert.Contains("published head", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_an_installation_is_told_and_left_alone()
    {
        var nowhere = Path.Combine(Folder, "nowhere");

        Assert.Equal(2, await Verify.RunAsync(["--Anlan:Data=" + nowhere], TextWriter.Null, Stop));
        Assert.False(Directory.Exists(nowhere));
    }

    private async Task<(int Code, string Said)> RunAsync(params string[] more)
    {
        await using var output = new StringWriter();
        return (await Verify.RunAsync([$"--Anlan:Data={Folder}", .. TestStore.Arguments(Folder), .. more], output, Stop), output.ToString());
    }
}
