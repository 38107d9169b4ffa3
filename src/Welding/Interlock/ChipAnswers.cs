using System.Collections.Concurrent;
using Anlan.Toolkit.Log;
using Anlan.Welding.Chips;

namespace Anlan.Welding.Interlock;

/// <summary>Lets a caller wait, outside every turn, for the chip's durable answer to a grant.</summary>
internal sealed class ChipAnswers : ILogObserver
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<AckBody>> _waiting = new();

    /// <summary>Begins to wait for a downlink that is about to be sent; dispose when no longer interested.</summary>
    public Waiting Expect(Guid downlink) => new(this, downlink);

    public void OnCommitted(IReadOnlyList<LogRecord> batch)
    {
        if (_waiting.IsEmpty) return;
        foreach (var record in batch)
        {
            if (record.Body is AckBody ack && _waiting.TryRemove(ack.Id, out var waiting)) waiting.TrySetResult(ack);
        }
    }

    /// <summary>One wait.</summary>
    internal sealed class Waiting : IDisposable
    {
        private readonly ChipAnswers _answers;
        private readonly Guid _downlink;
        private readonly TaskCompletionSource<AckBody> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Waiting(ChipAnswers answers, Guid downlink)
        {
            _answers = answers;
            _downlink = downlink;
            _answers._waiting[downlink] = _answer;
        }

        /// <summary>The chip's answer, or null when it did not come in time.</summary>
        public async Task<AckBody?> ForAsync(TimeSpan time, TimeProvider clock, CancellationToken stop)
        {
            try
            {
                return await _answer.Task.WaitAsync(time, clock, stop);
            }
            catch (TimeoutException)
            {
                return null;
            }
        }

        public void Dispose() => _answers._waiting.TryRemove(_downlink, out _);
    }
}
