using Anlan.Kernel.Log;
using Anlan.Toolkit.Evidence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Platform.Toolkit.Evidence;

public sealed class LogTreeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Proofs_hold_within_and_across_tiles_also_after_a_restart()
    {
        await using var host = await EvidenceHost.StartAsync();
        // More than 256 tiles: the tree has a second level of tiles, and an unfinished one on each level.
        host.Leaves.Grow(66_000);
        await host.Host.Services.GetRequiredService<LogTree>().FollowAsync(Stop);
        using var tree = host.TreeAfterRestart();
        host.Leaves.Grow(300);
        await tree.FollowAsync(Stop);

        foreach (var (position, size) in ((long, long)[])[(1, 1), (256, 256), (257, 257), (1, 66_300), (65_536, 66_300), (65_537, 65_537), (66_300, 66_300), (300, 65_999), (66_100, 66_123)])
        {
            var root = host.Leaves.Root(size);
            Assert.Equal(root, await tree.RootAsync(size, Stop));
            var (inclusion, consistency) = (await tree.InclusionAsync(position, size, Stop), await tree.ConsistencyAsync(position, size, Stop));
            Assert.True(MerkleTree.IsIncluded(position - 1, size, host.Leaves.Leaf(position), inclusion, root));
            Assert.True(MerkleTree.IsConsistent(position, host.Leaves.Root(position), size, root, consistency));
        }

        Assert.Equal(259, await host.Host.ReadAsync(db => db.Set<TreeTile>().CountAsync(Stop)));
    }

    [Fact]
    public async Task A_head_is_signed_only_when_the_log_grew_and_proves_what_it_covers()
    {
        await using var host = await EvidenceHost.StartAsync();
        Assert.Null(await SignAsync(host));
        host.Leaves.Grow(300);
        var first = await SignAsync(host);
        Assert.Null(await SignAsync(host));
        host.Leaves.Grow(1);
        host.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await SignAsync(host);

        var keys = host.Host.Services.GetRequiredService<TreeKeys>();
        Assert.Equal((300, 301), (first!.Head.Size, second!.Head.Size));
        Assert.True(second.IsSignedBy(keys.Find(second.Head.Key)!.Pair));
        Assert.Equal(host.Leaves.Root(301), second.Head.Root);
        var evidence = await host.WithAsync((TreeHeads heads) => heads.ProveAsync(301, [], Stop));
        Assert.Equal(300, evidence!.Previous!.Head.Size);
        Assert.True(MerkleTree.IsConsistent(300, first.Head.Root, 301, second.Head.Root, evidence.Consistency));
        Assert.Null(await host.WithAsync((TreeHeads heads) => heads.ProveAsync(302, [], Stop)));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(280)]
    public async Task Nothing_is_signed_over_a_log_that_lost_entries(int left)
    {
        await using var host = await EvidenceHost.StartAsync();
        host.Leaves.Grow(300);
        await SignAsync(host);
        host.Leaves.ShrinkTo(left);

        await AssertBrokenAsync(host);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(256)]
    [InlineData(290)]
    public async Task Nothing_is_signed_over_a_log_that_was_written_anew(int from)
    {
        await using var host = await EvidenceHost.StartAsync();
        host.Leaves.Grow(300);
        await SignAsync(host);
        host.Leaves.Forge(from);
        host.Leaves.Grow(50);

        await AssertBrokenAsync(host);
    }

    private static Task<SignedTreeHead?> SignAsync(EvidenceHost host) => host.WithAsync((TreeHeads heads) => heads.SignAsync(Stop));

    // As after a restart; an unfinished tile is read from the log again.
    private static async Task AssertBrokenAsync(EvidenceHost host)
    {
        var services = host.Host.Services;
        using var tree = host.TreeAfterRestart();
        await host.Host.ReadAsync(async db =>
        {
            await Assert.ThrowsAsync<LogTreeException>(() => new TreeHeads(db, tree, services.GetRequiredService<TreeKeys>(), host.Host.Clock).SignAsync(Stop));
            return 0;
        });
        Assert.Equal(1, await host.Host.ReadAsync(db => db.Set<KeptHead>().CountAsync(Stop)));
    }
}
