using System.Threading.Channels;

namespace Anlan.Toolkit.Log;

/// <summary>
/// Many callers, one writer: each waits until its item is durable, and what has gathered meanwhile is committed together. One bounded queue, one thread of its own, at most 1,000
/// items a commit.
/// </summary>
/// <typeparam name="TItem">What is written.</typeparam>
/// <typeparam name="TResult">What became of it.</typeparam>
internal sealed class GroupCommit<TItem, TResult> : IDisposable
{
    private const int BatchSize = 1_000;
    private const int BusyBatch = 8;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(2);
    private readonly string _name;
    private readonly Func<IReadOnlyList<TItem>, IReadOnlyList<TResult>> _commit;
    private readonly Channel<Pending> _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(16_384) { SingleReader = true });
    private readonly ManualResetEvent _closing = new(false);
    private readonly Thread _writer;

    /// <param name="name">Of the thread, and in what a caller is told.</param>
    /// <param name="commit">Writes a group in one durable transaction; one result per item. When it throws, nothing was written and every caller is told so.</param>
    public GroupCommit(string name, Func<IReadOnlyList<TItem>, IReadOnlyList<TResult>> commit)
    {
        (_name, _commit) = (name, commit);
        _writer = new Thread(Write) { IsBackground = true, Name = name };
        _writer.Start();
    }

    /// <summary>Completes when the item is durable.</summary>
    /// <exception cref="LogUnavailableException">It is not durable.</exception>
    public Task<TResult> AddAsync(TItem item, CancellationToken stop)
    {
        // The caller waits for the commit itself, without a step of our own in between.
        var pending = new Pending(item);
        return _queue.Writer.TryWrite(pending) ? pending.Durable.Task : WaitForRoomAsync(pending, stop);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _closing.Set();
        _writer.Join(TimeSpan.FromSeconds(10));
        _closing.Dispose();
    }

    private async Task<TResult> WaitForRoomAsync(Pending pending, CancellationToken stop)
    {
        try
        {
            await _queue.Writer.WriteAsync(pending, stop);
        }
        catch (ChannelClosedException closed)
        {
            throw new LogUnavailableException($"The {_name} is closed.", closed);
        }

        return await pending.Durable.Task;
    }

    private void Write()
    {
        var batch = new List<Pending>(BatchSize);
        // The writer owns its thread: blocking here keeps SQLite's synchronous calls off the thread pool.
        while (WaitForWork())
        {
            batch.Clear();
            Gather(batch);
            // Under load two milliseconds more make one large transaction out of many small ones: less work for everybody, so less waiting.
            if (batch.Count is >= BusyBatch and < BatchSize)
            {
                _closing.WaitOne(Gathering);
                Gather(batch);
            }

            if (batch.Count > 0) Commit(batch);
        }
    }

    private void Gather(List<Pending> batch)
    {
        while (batch.Count < BatchSize && _queue.Reader.TryRead(out var pending)) batch.Add(pending);
    }

    private bool WaitForWork() => _queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();

    private void Commit(List<Pending> batch)
    {
        IReadOnlyList<TResult> results;
        try
        {
            results = _commit(batch.ConvertAll(pending => pending.Item));
        }
        catch (Exception failed)
        {
            foreach (var pending in batch) pending.Durable.TrySetException(new LogUnavailableException($"The {_name} could not be written.", failed));
            return;
        }

        for (var i = 0; i < batch.Count; i++) batch[i].Durable.TrySetResult(results[i]);
    }

    private sealed record Pending(TItem Item)
    {
        public TaskCompletionSource<TResult> Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
