namespace Anlan.Kernel.Events;

/// <summary>
/// Something that happened, in the past tense, with ids and the facts at that moment. Saved in the transaction that made it true
/// (outbox), delivered at least once to each subscriber, in order per <see cref="Subject"/>.
/// </summary>
public interface IDomainEvent
{
    /// <summary>What the event is about, for example <c>person/…</c>; order is kept within it.</summary>
    string Subject { get; }
}

/// <summary>
/// One reaction to one event, in a scope and transaction of its own. It saves at most once: that it has taken the event is part of that
/// transaction. What it does beyond the database must be idempotent by event id.
/// </summary>
/// <typeparam name="TEvent">The event.</typeparam>
public interface IEventSubscriber<in TEvent> where TEvent : IDomainEvent
{
    /// <summary>Reacts. Throwing means: try again later.</summary>
    Task HandleAsync(TEvent happened, Guid eventId, CancellationToken stop);
}
