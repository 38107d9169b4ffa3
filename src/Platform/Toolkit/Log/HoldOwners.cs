namespace Anlan.Toolkit.Log;

/// <summary>Who holds what and which commands wait, as the log's writer has it in its transaction: in memory, with a way back.</summary>
internal sealed class HoldOwners
{
    private readonly Dictionary<string, Guid> _owners;
    private readonly HashSet<Guid> _waiting;
    private readonly Stack<(string Key, Guid? Before)> _undo = new();
    private readonly Stack<(Guid Command, bool WasWaiting)> _undoWaiting = new();

    /// <summary>Begins with what is committed.</summary>
    public HoldOwners(IEnumerable<Hold> holds, IEnumerable<Downlink> waiting)
    {
        _owners = holds.ToDictionary(hold => hold.Key, hold => hold.Owner, StringComparer.Ordinal);
        _waiting = [.. waiting.Select(command => command.Id)];
    }

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
    /// <exception cref="InvalidDataException">It posts a command that waits already: the device could settle only one of the two.</exception>
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

        if (draft.Settle is { } settled && _waiting.Remove(settled)) _undoWaiting.Push((settled, true));
        if (draft.Post is not { } post) return;
        if (!_waiting.Add(post.Id)) throw new InvalidDataException($"Command {post.Id} waits already and cannot be posted again.");
        _undoWaiting.Push((post.Id, false));
    }

    /// <summary>The transaction is durable.</summary>
    public void Commit()
    {
        _undo.Clear();
        _undoWaiting.Clear();
    }

    /// <summary>The transaction is gone.</summary>
    public void Rollback()
    {
        while (_undo.TryPop(out var step))
        {
            if (step.Before is { } owner) _owners[step.Key] = owner;
            else _owners.Remove(step.Key);
        }

        while (_undoWaiting.TryPop(out var step))
        {
            if (step.WasWaiting) _waiting.Add(step.Command);
            else _waiting.Remove(step.Command);
        }
    }

    private bool IsOwner(string key, Guid owner) => _owners.TryGetValue(key, out var holder) && holder == owner;
}
