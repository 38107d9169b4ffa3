using Anlan.Kernel.Log;

namespace Anlan.Toolkit.Log;

/// <summary>Where the hot log lies. One writer thread calls <see cref="Commit"/>; readers have connections of their own.</summary>
public interface ILogStore : IDisposable
{
    /// <summary>Writes a batch in one durable transaction; returns one result per draft, in order.</summary>
    /// <exception cref="Exception">Nothing of the batch was written.</exception>
    IReadOnlyList<AppendResult> Commit(IReadOnlyList<LogDraft> batch);

    /// <summary>Position of the last entry, 0 when empty.</summary>
    long LastSeq { get; }

    /// <summary>Entries after a position, in order.</summary>
    IReadOnlyList<LogEntry> Read(long after, int most);

    /// <summary>The bytes of an entry as they were written, or null when there is none at this position.</summary>
    byte[]? ReadBytes(long seq);

    /// <summary>Leaf hashes of the entries after a position, in order.</summary>
    IReadOnlyList<byte[]> ReadLeaves(long after, int most);

    /// <summary>All holds.</summary>
    IReadOnlyList<Hold> ReadHolds();

    /// <summary>All unsettled downlinks in the order in which they were posted.</summary>
    IReadOnlyList<Downlink> ReadDownlinks();
}
