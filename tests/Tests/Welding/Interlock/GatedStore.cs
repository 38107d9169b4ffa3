using Anlan.Kernel.Log;
using Anlan.Toolkit.Log;

namespace Anlan.Tests.Welding.Interlock;

/// <summary>A log store whose commits wait or fail as the test says; the writer of the log stands still meanwhile.</summary>
internal sealed class GatedStore : IDisposable
{
    private readonly ManualResetEventSlim _isOpen = new(true);
    private volatile bool _fails;
    private volatile object[] _held = [];

    /// <summary>Bodies of the batch that stands before its commit; empty when none does.</summary>
    public IReadOnlyList<object> Held => _held;

    public ILogStore Around(ILogStore store) => new Gate(store, this);

    /// <summary>The next commit waits.</summary>
    public void Hold() => _isOpen.Reset();

    public void Release() => _isOpen.Set();

    /// <summary>From now on the disk is full.</summary>
    public void Fail() => _fails = true;

    public void Mend() => _fails = false;

    public void Dispose()
    {
        _isOpen.Set();
        _isOpen.Dispose();
    }

    private sealed class Gate(ILogStore inner, GatedStore gated) : ILogStore
    {
        public long LastSeq => inner.LastSeq;

        public IReadOnlyList<AppendResult> Commit(IReadOnlyList<LogDraft> batch)
        {
            gated._held = [.. batch.Select(draft => draft.Model)];
            gated._isOpen.Wait();
            gated._held = [];
            return gated._fails ? throw new IOException("No space left on device.") : inner.Commit(batch);
        }

        public IReadOnlyList<LogEntry> Read(long after, int most) => inner.Read(after, most);

        public byte[]? ReadBytes(long seq) => inner.ReadBytes(seq);

        public IReadOnlyList<byte[]> ReadLeaves(long after, int most) => inner.ReadLeaves(after, most);

        public IReadOnlyList<Hold> ReadHolds() => inner.ReadHolds();

        public IReadOnlyList<Downlink> ReadDownlinks() => inner.ReadDownlinks();

        public void Dispose() => inner.Dispose();
    }
}
