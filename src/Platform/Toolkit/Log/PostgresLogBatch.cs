using Anlan.Kernel.Log;

namespace Anlan.Toolkit.Log;

/// <summary>
/// What a batch of drafts comes to: the entries to write, and of each hold and command only what the whole batch leaves of it. Drafts are
/// judged in their order, each sees what the ones before it did.
/// </summary>
internal sealed class PostgresLogBatch
{
    private readonly Dictionary<string, (Guid? Before, Hold? After)> _holds = new(StringComparer.Ordinal);

    /// <param name="drafts">The batch.</param>
    /// <param name="known">Once-keys that are in the log already.</param>
    /// <param name="owners">Who holds what; takes in what the batch does.</param>
    /// <param name="lastSeq">Position of the last entry so far.</param>
    public PostgresLogBatch(IReadOnlyList<LogDraft> drafts, HashSet<string> known, HoldOwners owners, long lastSeq)
    {
        LastSeq = lastSeq;
        var results = new AppendResult[drafts.Count];
        for (var i = 0; i < drafts.Count; i++) results[i] = Take(drafts[i], known, owners);
        Results = results;
        foreach (var (key, (before, after)) in _holds)
        {
            if (before is { } owner && after?.Owner != owner) Released.Add((key, owner));
            if (after is null) continue;
            (before == after.Owner ? Updated : Claimed).Add(after);
        }
    }

    /// <summary>One per draft.</summary>
    public IReadOnlyList<AppendResult> Results { get; }

    /// <summary>Position of the last entry afterwards.</summary>
    public long LastSeq { get; private set; }

    /// <summary>Entries to write.</summary>
    public List<(long Seq, string? Once, byte[] Bytes, byte[] Leaf)> Entries { get; } = [];

    /// <summary>Holds that are there and go.</summary>
    public List<(string Key, Guid Owner)> Released { get; } = [];

    /// <summary>Holds that are there and change.</summary>
    public List<Hold> Updated { get; } = [];

    /// <summary>Holds that come.</summary>
    public List<Hold> Claimed { get; } = [];

    /// <summary>Commands that wait from now on.</summary>
    public List<Downlink> Posted { get; } = [];

    /// <summary>Commands that wait no more.</summary>
    public List<Guid> Settled { get; } = [];

    private AppendResult Take(LogDraft draft, HashSet<string> known, HoldOwners owners)
    {
        if (owners.ConflictOf(draft) is { } conflict) return new AppendResult(AppendStatus.Conflict, 0, conflict);
        if (draft.Once is { } once && !known.Add(once)) return new AppendResult(AppendStatus.Repeated, 0, null);
        var entry = LogEntry.Encode(draft.At, draft.Kind.Name, draft.Subject, draft.Body);
        Entries.Add((++LastSeq, draft.Once, entry, LogEntry.LeafHash(entry)));
        foreach (var (key, owner) in draft.Releases) _holds[key] = (Before(key, owner), null);
        foreach (var update in draft.Updates) _holds[update.Key] = (Before(update.Key, update.Owner), update);
        foreach (var claim in draft.Claims) _holds[claim.Key] = (Before(claim.Key, null), claim);
        owners.Apply(draft);
        if (draft.Settle is { } settled && Posted.RemoveAll(post => post.Id == settled) == 0) Settled.Add(settled);
        if (draft.Post is { } post) Posted.Add(post);
        return new AppendResult(AppendStatus.Appended, LastSeq, null);
    }

    private Guid? Before(string key, Guid? owner) => _holds.TryGetValue(key, out var earlier) ? earlier.Before : owner;
}
