namespace Anlan.Toolkit.Log;

/// <summary>Who holds what, as the log's writer has it in its transaction: the table of holds in memory, with a way back.</summary>
internal sealed class HoldOwners
{
    private readonly Dictionary<string, Guid> _owners;
    private readonly Stack<(string Key, Guid? Before)> _undo = new();

    /// <summary>Begins with the committed holds.</summary>
    public HoldOwners(IEnumerable<Hold> holds) => _owners = holds.ToDictionary(hold => hold.Key, hold => hold.Owner, StringComparer.Ordinal);

    /// <summary>The key whose owner stands against a draft, or null. A draft may release a key and claim it anew.</summary>
    public string? ConflictOf(LogDraft draft)
    {
        foreach (var (key, owner) in draft.Releases)
        {
            if (!IsOwner(key, owner)) return key;
        }

        foreach (var update in draft.Updates)
        {
            if (!IsOwner(update.Key, update.Owner)) return update.Key;
        }

        foreach (var claim in draft.Claims)
        {
            if (_owners.ContainsKey(claim.Key) && !draft.Releases.Any(release => release.Key == claim.Key)) return claim.Key;
        }

        return null;
    }

    /// <summary>Takes in a draft that was written.</summary>
    public void Apply(LogDraft draft)
    {
        foreach (var (key, owner) in draft.Releases)
        {
            _undo.Push((key, owner));
            _owners.Remove(key);
        }

        foreach (var claim in draft.Claims)
        {
            _undo.Push((claim.Key, null));
            _owners[claim.Key] = claim.Owner;
        }
    }

    /// <summary>The transaction is durable.</summary>
    public void Commit() => _undo.Clear();

    /// <summary>The transaction is gone.</summary>
    public void Rollback()
    {
        while (_undo.TryPop(out var step))
        {
            if (step.Before is { } owner) _owners[step.Key] = owner;
            else _owners.Remove(step.Key);
        }
    }

    private bool IsOwner(string key, Guid owner) => _owners.TryGetValue(key, out var holder) && holder == owner;
}
