using Anlan.Kernel.Log;
using Anlan.Toolkit.Log;

namespace Anlan.Toolkit.Telemetry;

/// <summary>Where measurements lie. One writer thread calls <see cref="Commit"/>; readers have connections of their own.</summary>
public interface ITelemetryStore : IDisposable
{
    /// <summary>Position of the last entry, 0 when there never was one.</summary>
    long LastSeq { get; }

    /// <summary>Positions up to this one were given once, whatever is left of them: the next entry comes after. Called before the first <see cref="Commit"/>.</summary>
    void GoOnAfter(long seq);

    /// <summary>Writes a batch in one durable transaction; returns one result per draft, in order. Drafts hold nothing and post nothing.</summary>
    /// <exception cref="Exception">Nothing of the batch was written.</exception>
    IReadOnlyList<AppendResult> Commit(IReadOnlyList<LogDraft> batch);

    /// <summary>Entries after a position as they were written (<see cref="LogEntry.Decode"/>), in order; those past their retention are not there any more.</summary>
    IReadOnlyList<(long Seq, byte[] Entry)> Read(long after, int most);

    /// <summary>How many entries were received before a day (UTC).</summary>
    long CountBefore(DateOnly day);

    /// <summary>Deletes what was received before a day (UTC).</summary>
    void Forget(DateOnly before, CancellationToken stop);
}
