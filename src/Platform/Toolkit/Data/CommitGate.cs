namespace Anlan.Toolkit.Data;

/// <summary>
/// Lets one page edit commit at a time and hands its changes to the owners' indexes before the next one: with one writer, an index can
/// never apply an older commit over a newer one. SQLite has one writer anyway; device traffic does not pass here.
/// </summary>
public sealed class CommitGate(IEnumerable<IEntityIndex> indexes, IEnumerable<IConcernListener>? listeners = null) : IDisposable
{
    private readonly ILookup<Type, IEntityIndex> _indexes = indexes.ToLookup(i => i.EntityType);
    private readonly IReadOnlyList<IConcernListener> _listeners = [.. listeners ?? []];
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _heard;

    /// <summary>Raised when events wait in the outbox.</summary>
    public event Action? EventsWaiting;

    /// <summary>Grows with every record that an owner's index hears of.</summary>
    internal long Heard => Interlocked.Read(ref _heard);

    internal Task EnterAsync(CancellationToken stop) => _turn.WaitAsync(stop);

    internal void Leave() => _turn.Release();

    internal void Apply(List<(object Entity, bool IsDeleted)> changes)
    {
        foreach (var (entity, isDeleted) in changes)
        {
            foreach (var index in _indexes[entity.GetType()])
            {
                index.Apply(entity, isDeleted);
                Interlocked.Increment(ref _heard);
            }

            if (_listeners.Count > 0 && entity is IConcerns record) Tell(record);
        }
    }

    private void Tell(IConcerns record)
    {
        foreach (var subject in record.Concerns())
        {
            foreach (var listener in _listeners) listener.Concerned(subject);
        }
    }

    internal void OutboxFilled() => EventsWaiting?.Invoke();

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();
}
