using Anlan.Toolkit.Log;
using Anlan.Toolkit.Ui;

namespace Anlan.Welding.Live;

/// <summary>Tells open pages that something happened at a machine, right after it became durable.</summary>
internal sealed class TellPages(LiveFeed feed) : ILogObserver
{
    /// <summary>Topic of everything live.</summary>
    public const string Now = "welding";

    /// <summary>Topic of the read tables, which trail by a moment.</summary>
    public const string History = "welding.history";

    public void OnCommitted(IReadOnlyList<LogRecord> batch) => feed.Tell(Now);
}
