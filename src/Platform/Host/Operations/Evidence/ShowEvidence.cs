using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Evidence;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Operations.Evidence;

/// <summary>How the proof of the log stands: the last signed head, the key, where heads are published, and whose heads are kept here.</summary>
internal sealed class ShowEvidence(AnlanDb db, TreeHeads heads, TreeKeys keys, PeerKeys peers, HeadPublisher publisher, HeadClockwork clockwork)
{
    /// <param name="Size">Entries that it covers.</param>
    /// <param name="Root">Root over them, hexadecimal.</param>
    /// <param name="At">When it was signed.</param>
    /// <param name="Key">Id of its key.</param>
    /// <param name="Text">What was signed.</param>
    /// <param name="Signature">Signature, DER.</param>
    public sealed record Head(long Size, string Root, DateTimeOffset At, string Key, string Text, byte[] Signature);

    /// <param name="Name">Its name.</param>
    /// <param name="Key">Id of its key.</param>
    /// <param name="Size">Entries of the last head that fits; 0 = none came yet.</param>
    /// <param name="At">When it was signed.</param>
    /// <param name="HeardAt">When it came.</param>
    public sealed record KnownPeer(string Name, string Key, long Size, DateTimeOffset? At, DateTimeOffset? HeardAt);

    /// <param name="Id">The head.</param>
    /// <param name="Peer">Whose.</param>
    /// <param name="Size">Entries that it covers.</param>
    /// <param name="Root">Root over them, hexadecimal.</param>
    /// <param name="At">When it was signed.</param>
    /// <param name="HeardAt">When it came.</param>
    /// <param name="NotedAt">When an administrator took note of it, or null.</param>
    /// <param name="Text">What was signed.</param>
    /// <param name="Signature">Signature, DER.</param>
    public sealed record Fork(Guid Id, string Peer, long Size, string Root, DateTimeOffset At, DateTimeOffset HeardAt, DateTimeOffset? NotedAt, string Text, byte[] Signature);

    /// <param name="Last">The last head, or null.</param>
    /// <param name="Fault">Why no head is signed any more, in English; null while all is well.</param>
    /// <param name="PublicKey">The key that signs, PEM.</param>
    /// <param name="Published">Where heads are published.</param>
    /// <param name="Peers">Whose heads are kept here.</param>
    /// <param name="Forks">Heads that contradict earlier ones, newest first.</param>
    public sealed record Shown(Head? Last, string? Fault, string PublicKey, IReadOnlyList<PublishedHead> Published, IReadOnlyList<KnownPeer> Peers, IReadOnlyList<Fork> Forks);

    private const int MostForks = 50;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/evidence", (ShowEvidence slice, CancellationToken stop) => slice.RunAsync(stop))
            .RequirePermission(OperationsPermissions.View).Scoped(ScopedBy.Installation).WithTags("Evidence").WithSummary("The last signed head of the log, the key under it, where heads are published and whose are kept");

    public async Task<Shown> RunAsync(CancellationToken stop)
    {
        var last = await heads.LastAsync(stop);
        var known = new List<KnownPeer>();
        foreach (var peer in peers.All.OrderBy(peer => peer.Name, StringComparer.Ordinal))
        {
            var kept = await db.Set<PeerHead>().AsNoTracking().Where(h => h.Peer == peer.Name && !h.IsFork).OrderByDescending(h => h.Size).FirstOrDefaultAsync(stop);
            known.Add(new KnownPeer(peer.Name, Anlan.Kernel.Log.EvidenceFile.KeyId(peer.Key.ExportSubjectPublicKeyInfo()), kept?.Size ?? 0, kept?.At, kept?.HeardAt));
        }

        var forks = await db.Set<PeerHead>().AsNoTracking().Where(h => h.IsFork).OrderByDescending(h => h.Id).Take(MostForks).ToListAsync(stop);
        return new Shown(
            last is null ? null : new Head(last.Head.Size, Convert.ToHexStringLower(last.Head.Root), last.Head.At, last.Head.Key, last.Head.Text, last.Signature), clockwork.Fault, keys.Current.Pair.ExportSubjectPublicKeyInfoPem(),
            publisher.Places, known, [.. forks.Select(f => new Fork(f.Id, f.Peer, f.Size, Convert.ToHexStringLower(f.Root), f.At, f.HeardAt, f.NotedAt, f.Signed.Head.Text, f.Signature))]);
    }
}
