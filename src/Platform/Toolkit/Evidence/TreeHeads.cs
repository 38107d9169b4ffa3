using Anlan.Kernel.Log;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Toolkit.Evidence;

/// <summary>Signs heads of the log's tree, keeps them, and proves entries against them.</summary>
public sealed class TreeHeads(AnlanDb db, LogTree tree, TreeKeys keys, TimeProvider clock)
{
    /// <summary>Signs a head over everything that is durable by now; null when the log did not grow since the last one.</summary>
    /// <exception cref="LogTreeException">The log is not the one that the last head signed: nothing is signed over a fork.</exception>
    public async Task<SignedTreeHead?> SignAsync(CancellationToken stop)
    {
        var size = await tree.FollowAsync(stop);
        var last = await LastAsync(stop);
        if (last is not null && last.Head.Size > size) throw new LogTreeException($"The log has {size} entries, but a head over {last.Head.Size} was signed: an older copy of the log was put back.");
        if (size == (last?.Head.Size ?? 0)) return null;
        if (last is not null && (await tree.RootAsync(last.Head.Size, stop)) is var root && !root.SequenceEqual(last.Head.Root)) throw new LogTreeException($"The first {last.Head.Size} entries of the log are not those that the last head signed.");
        var signed = new TreeHead(size, await tree.RootAsync(size, stop), DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()), keys.Current.Id).Sign(keys.Current.Pair);
        db.Add(KeptHead.Of(signed));
        await db.SaveAsync(stop);
        return signed;
    }

    /// <summary>The last signed head, or null.</summary>
    public async Task<SignedTreeHead?> LastAsync(CancellationToken stop) => (await db.Set<KeptHead>().AsNoTracking().OrderByDescending(h => h.Size).FirstOrDefaultAsync(stop))?.Signed;

    /// <summary>The evidence for an entry against the last head; null when no head covers it yet.</summary>
    /// <param name="position">Position in the log.</param>
    /// <param name="entry">Bytes of the entry.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<EvidenceFile?> ProveAsync(long position, byte[] entry, CancellationToken stop)
    {
        var heads = await db.Set<KeptHead>().AsNoTracking().OrderByDescending(h => h.Size).Take(2).ToListAsync(stop);
        if (heads is not [{ } last, ..] || last.Size < position || tree.Size < last.Size && await tree.FollowAsync(stop) < last.Size) return null;
        var before = heads.Count > 1 ? heads[1] : null;
        var (key, keyBefore) = (KeyOf(last), before is null ? null : KeyOf(before));
        var consistency = before is null ? [] : await tree.ConsistencyAsync(before.Size, last.Size, stop);
        return new EvidenceFile(position, entry, await tree.InclusionAsync(position, last.Size, stop), last.Signed, key, before?.Signed, keyBefore, consistency);
    }

    private byte[] KeyOf(KeptHead head) => keys.Find(head.Key)?.PublicKey ?? throw new LogTreeException($"The key {head.Key} under the head over {head.Size} entries is not in the key folder: restore it from the backup of the keys.");
}
