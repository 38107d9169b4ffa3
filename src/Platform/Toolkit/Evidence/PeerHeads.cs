using System.Security.Cryptography;
using System.Text.Json;
using Anlan.Kernel.Log;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Toolkit.Evidence;

/// <summary>Keeps the heads of other organs' logs and notices when two of them cannot belong to one log.</summary>
public sealed class PeerHeads(AnlanDb db, PeerKeys peers, TimeProvider clock)
{
    /// <summary>The proof does not begin at the last head that is known here; the measured value says where that is.</summary>
    public const string StartsElsewhere = "PeerHeadStartsElsewhere";

    /// <summary>The head contradicts an earlier one.</summary>
    public const string Forked = "PeerLogForked";

    /// <summary>Takes in a submission.</summary>
    /// <param name="body">The bytes of a <see cref="HeadSubmission"/>.</param>
    /// <param name="signature">Signature over them.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Outcome> TakeInAsync(byte[] body, byte[] signature, CancellationToken stop)
    {
        if (Read(body) is not { } told) return Outcome.Refused(Refusal.OfField("head", "HeadUnreadable"));
        var (head, from, path) = told;
        if (peers.Find(head.Head.Key) is not { } peer) return Outcome.Refused(new Refusal("PeerUnknown") { Measured = FactValue.Text(head.Head.Key) });
        if (!peer.Key.VerifyData(body, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence) || !head.IsSignedBy(peer.Key)) return Outcome.Refused(Refusal.OfField("signature", "HeadSignatureWrong"));
        var outcome = Outcome.Done;
        // One at a time: two heads that arrive together are judged against each other.
        await db.SaveInTurnAsync(async () => outcome = await JudgeAsync(peer, head, from, path, stop), stop);
        return outcome;
    }

    private async Task<Outcome> JudgeAsync(Peer peer, SignedTreeHead head, long from, IReadOnlyList<byte[]> path, CancellationToken stop)
    {
        var kept = db.Set<PeerHead>().AsNoTracking().Where(h => h.Peer == peer.Name);
        var same = await kept.Where(h => h.Size == head.Head.Size).ToListAsync(stop);
        if (same.Find(h => h.Root.AsSpan().SequenceEqual(head.Head.Root)) is { } known) return known.IsFork ? Outcome.Refused(Forked) : Outcome.Done;
        if (same.Exists(h => !h.IsFork)) return await ForkAsync(peer, head, "size", stop);
        var last = await kept.Where(h => !h.IsFork).OrderByDescending(h => h.Size).FirstOrDefaultAsync(stop);
        // A log that was signed later and is shorter has lost entries; one that was signed earlier came late.
        if (last is not null && head.Head.Size < last.Size && head.Head.At > last.At) return await ForkAsync(peer, head, "shorter", stop);
        if (from != (last?.Size ?? 0) || head.Head.Size < from) return Outcome.Refused(new Refusal(StartsElsewhere) { Measured = FactValue.Count(last?.Size ?? 0) });
        if (last is not null && !MerkleTree.IsConsistent(last.Size, last.Root, head.Head.Size, head.Head.Root, path)) return await ForkAsync(peer, head, "inconsistent", stop);
        db.Add(Row(peer, head, isFork: false));
        return Outcome.Done;
    }

    private async Task<Outcome> ForkAsync(Peer peer, SignedTreeHead head, string reason, CancellationToken stop)
    {
        // A log that forked goes on signing every minute: one head convicts it, until somebody has taken note.
        if (await db.Set<PeerHead>().AnyAsync(h => h.Peer == peer.Name && h.IsFork && h.NotedAt == null, stop)) return Outcome.Refused(Forked);
        db.Add(Row(peer, head, isFork: true));
        db.Audit("evidence.fork.noticed", "peer/" + head.Head.Key, new { peer = peer.Name, head.Head.Size, root = Convert.ToHexStringLower(head.Head.Root), reason });
        return Outcome.Refused(Forked);
    }

    private PeerHead Row(Peer peer, SignedTreeHead head, bool isFork) => new()
    {
        Id = Guid.CreateVersion7(),
        Peer = peer.Name,
        Size = head.Head.Size,
        Root = head.Head.Root,
        At = head.Head.At,
        Key = head.Head.Key,
        Signature = head.Signature,
        HeardAt = clock.GetUtcNow(),
        IsFork = isFork,
    };

    private static (SignedTreeHead Head, long From, IReadOnlyList<byte[]> Path)? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<HeadSubmission>(body, JsonSerializerOptions.Web) is { Head: { } text, Signature: { } signature, Consistency: { } path, From: var from } && !path.Contains(null!)
                ? (new SignedTreeHead(TreeHead.Parse(text), signature), from, path) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException)
        {
            return null;
        }
    }
}
