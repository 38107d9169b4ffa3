using System.Security.Cryptography;
using System.Text;
using Anlan.Kernel.Log;

namespace Anlan.Tests.Platform.Kernel.Log;

public sealed class EvidenceFileTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2040, 3, 5, 1, 0, 0, TimeSpan.Zero);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[][] _entries = [.. Enumerable.Range(1, 11).Select(i => LogEntry.Encode(At.AddSeconds(i), "test.note", "machine/" + i, Encoding.UTF8.GetBytes($$"""{"text":"note {{i}}"}""")))];

    public void Dispose() => _key.Dispose();

    [Fact]
    public void A_file_that_was_written_and_read_proves_its_entry()
    {
        var read = EvidenceFile.Read(Evidence(4).Write());

        Assert.Empty(read.Faults());
        Assert.Equal(_entries[3], read.Entry);
        Assert.Equal((11, 6), (read.Head.Head.Size, read.Previous!.Head.Size));
    }

    [Fact]
    public void The_first_head_has_none_before_it()
    {
        var whole = Evidence(4);

        Assert.Empty(EvidenceFile.Read((whole with { Previous = null, PreviousKey = null, Consistency = [] }).Write()).Faults());
    }

    [Fact]
    public void Whatever_is_changed_is_noticed()
    {
        var whole = Evidence(4);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var other = LogEntry.Encode(At, "test.note", "machine/4", "{\"text\":\"forged\"}"u8);
        var head = whole.Head.Head;

        Assert.NotEmpty((whole with { Entry = other }).Faults());
        Assert.NotEmpty((whole with { Position = 5 }).Faults());
        Assert.NotEmpty((whole with { Head = whole.Head with { Head = head with { At = head.At.AddDays(-1) } } }).Faults());
        Assert.NotEmpty((whole with { Head = head.Sign(stranger) }).Faults());
        Assert.NotEmpty((whole with { Key = stranger.ExportSubjectPublicKeyInfo() }).Faults());
        Assert.NotEmpty((whole with { Previous = (whole.Previous!.Head with { Root = head.Root }).Sign(_key) }).Faults());
        Assert.NotEmpty((whole with { Consistency = [] }).Faults());
        Assert.NotEmpty((whole with { Key = [1, 2, 3] }).Faults());
    }

    [Theory]
    [InlineData("", "first line")]
    [InlineData("anlan-evidence 1\nposition", "Line 2")]
    [InlineData("anlan-evidence 1\nposition 0", "position")]
    [InlineData("anlan-evidence 1\nposition 1\nposition 2", "more than once")]
    [InlineData("anlan-evidence 1\nposition 1\nentry ???", "entry")]
    [InlineData("anlan-evidence 1\nposition 1\nentry AA==\ninclusion 12", "inclusion")]
    [InlineData("anlan-evidence 1\nposition 1\nentry AA==", "head")]
    public void What_is_no_evidence_is_told_by_its_line(string text, string named) => Assert.Contains(named, Assert.Throws<FormatException>(() => EvidenceFile.Read(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("anlan-tree-head 1\nsize 01\nroot {0}\nat 5\nkey aa\n")]
    [InlineData("anlan-tree-head 1\nsize 1\nroot {0}\nat 5\nkey aa")]
    [InlineData("anlan-tree-head 2\nsize 1\nroot {0}\nat 5\nkey aa\n")]
    [InlineData("anlan-tree-head 1\nsize 1\nroot 00\nat 5\nkey aa\n")]
    [InlineData("anlan-tree-head 1\nsize 1\nroot {0}\nat 99999999999999999\nkey aa\n")]
    public void A_head_is_read_only_as_it_is_written(string text) =>
        Assert.Throws<FormatException>(() => TreeHead.Parse(text.Replace("{0}", Convert.ToHexStringLower(MerkleTree.EmptyRoot), StringComparison.Ordinal)));

    private EvidenceFile Evidence(int position)
    {
        var leaves = _entries.Select(entry => LogEntry.LeafHash(entry)).ToArray();
        byte[][] Hashes(IReadOnlyList<LeafRange> ranges) => [.. ranges.Select(range => MerkleTree.Root(leaves.AsSpan((int)range.From, (int)range.Count)))];
        var key = _key.ExportSubjectPublicKeyInfo();
        SignedTreeHead Head(int size) => new TreeHead(size, MerkleTree.Root(leaves.AsSpan(0, size)), At.AddMinutes(size), EvidenceFile.KeyId(key)).Sign(_key);
        return new EvidenceFile(position, _entries[position - 1], Hashes(MerkleTree.InclusionPath(position - 1, 11)), Head(11), key, Head(6), key, Hashes(MerkleTree.ConsistencyPath(6, 11)));
    }
}
