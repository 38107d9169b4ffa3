using Anlan.Kernel.Log;

namespace Anlan.Tests.Platform.Kernel.Log;

public sealed class MerkleTreeTests
{
    // The leaves and roots with which Certificate Transparency implementations of RFC 6962 are checked against each other.
    private static readonly string[] KnownLeaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    private static readonly string[] KnownRoots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    private static readonly byte[][] Known = [.. KnownLeaves.Select(leaf => LogEntry.LeafHash(Convert.FromHexString(leaf)))];

    [Fact]
    public void Roots_are_those_of_Certificate_Transparency()
    {
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Convert.ToHexStringLower(MerkleTree.EmptyRoot));
        for (var size = 1; size <= Known.Length; size++) Assert.Equal(KnownRoots[size - 1], Convert.ToHexStringLower(MerkleTree.Root(Known.AsSpan(0, size))));
    }

    [Fact]
    public void The_sixth_leaf_of_eight_has_the_path_of_Certificate_Transparency()
    {
        string[] expected = ["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"];

        Assert.Equal(expected, Hashes(Known, MerkleTree.InclusionPath(5, 8)).Select(Convert.ToHexStringLower));
    }

    [Fact]
    public void The_edge_tells_the_root_after_every_leaf()
    {
        var leaves = Leaves(300);
        var edge = new MerkleEdge();
        Assert.Equal(MerkleTree.EmptyRoot, edge.Root);

        foreach (var leaf in leaves)
        {
            edge.Add(leaf);
            Assert.Equal(MerkleTree.Root(leaves.AsSpan(0, (int)edge.Size)), edge.Root);
        }
    }

    [Fact]
    public void Every_leaf_of_every_tree_is_proved_at_its_own_place_and_at_no_other()
    {
        var leaves = Leaves(40);
        for (var size = 1; size <= leaves.Length; size++)
        {
            var root = MerkleTree.Root(leaves.AsSpan(0, size));
            for (var leaf = 0; leaf < size; leaf++)
            {
                var path = Hashes(leaves, MerkleTree.InclusionPath(leaf, size));
                for (var claimed = 0; claimed < size; claimed++) Assert.Equal(claimed == leaf, MerkleTree.IsIncluded(claimed, size, leaves[leaf], path, root));
            }
        }
    }

    [Fact]
    public void Every_tree_is_proved_to_have_grown_out_of_every_smaller_one_and_out_of_no_other()
    {
        var leaves = Leaves(40);
        var forked = Leaves(40);
        for (var later = 1; later <= leaves.Length; later++)
        {
            var root = MerkleTree.Root(leaves.AsSpan(0, later));
            for (var earlier = 1; earlier <= later; earlier++)
            {
                var path = Hashes(leaves, MerkleTree.ConsistencyPath(earlier, later));
                forked[earlier - 1] = LogEntry.LeafHash([1, 2, 3]);

                Assert.True(MerkleTree.IsConsistent(earlier, MerkleTree.Root(leaves.AsSpan(0, earlier)), later, root, path));
                Assert.False(MerkleTree.IsConsistent(earlier, MerkleTree.Root(forked.AsSpan(0, earlier)), later, root, path));
                forked[earlier - 1] = leaves[earlier - 1];
            }
        }
    }

    [Fact]
    public void A_path_with_one_changed_missing_or_added_hash_proves_nothing()
    {
        var random = new Random(6962);
        for (var round = 0; round < 300; round++)
        {
            var size = random.Next(2, 200);
            var (leaf, earlier, at, bit) = (random.Next(size), random.Next(1, size), random.Next(100), random.Next(256));
            var leaves = Leaves(size);
            var (root, before) = (MerkleTree.Root(leaves), MerkleTree.Root(leaves.AsSpan(0, earlier)));
            foreach (var broken in Broken(Hashes(leaves, MerkleTree.InclusionPath(leaf, size)), at, bit)) Assert.False(MerkleTree.IsIncluded(leaf, size, leaves[leaf], broken, root));
            foreach (var broken in Broken(Hashes(leaves, MerkleTree.ConsistencyPath(earlier, size)), at, bit)) Assert.False(MerkleTree.IsConsistent(earlier, before, size, root, broken));
        }
    }

    [Theory]
    [InlineData(-1, 3)]
    [InlineData(3, 3)]
    [InlineData(0, 0)]
    public void There_is_no_path_outside_the_tree(long leaf, long size)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.InclusionPath(leaf, size));
        Assert.False(MerkleTree.IsIncluded(leaf, size, Known[0], [], Known[0]));
    }

    private static IEnumerable<IReadOnlyList<byte[]>> Broken(IReadOnlyList<byte[]> path, int at, int bit)
    {
        yield return [.. path, MerkleTree.EmptyRoot];
        if (path.Count == 0) yield break;
        yield return [.. path.Take(path.Count - 1)];
        var changed = path.Select(hash => hash.ToArray()).ToList();
        changed[at % path.Count][bit / 8] ^= (byte)(1 << (bit % 8));
        yield return changed;
        yield return [path[0][..31], .. path.Skip(1)];
    }

    private static byte[][] Leaves(int count) => [.. Enumerable.Range(0, count).Select(i => LogEntry.LeafHash(BitConverter.GetBytes(i)))];

    private static IReadOnlyList<byte[]> Hashes(byte[][] leaves, IReadOnlyList<LeafRange> ranges) => [.. ranges.Select(range => MerkleTree.Root(leaves.AsSpan((int)range.From, (int)range.Count)))];
}
