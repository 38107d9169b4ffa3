namespace Anlan.Toolkit.Outbox;

/// <summary>
/// Which events anybody has subscribed to. An event that nobody hears is not saved: it would be written, read and removed again for nothing,
/// and most events of a city are ends of sessions.
/// </summary>
public sealed class Audience
{
    private readonly HashSet<string>? _heard;

    /// <summary>The subscribers of this installation.</summary>
    public Audience(IEnumerable<Subscription> subscriptions) => _heard = subscriptions.Select(subscription => subscription.EventType).ToHashSet(StringComparer.Ordinal);

    private Audience()
    {
    }

    /// <summary>Hears everything, for programs that do not know the subscribers.</summary>
    public static Audience OfEverything { get; } = new();

    /// <summary>True when somebody subscribed to events of this type.</summary>
    public bool Hears(Type eventType) => _heard?.Contains(eventType.FullName!) ?? true;
}
