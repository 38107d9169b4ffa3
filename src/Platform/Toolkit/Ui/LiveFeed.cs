using System.Collections.Concurrent;

namespace Anlan.Toolkit.Ui;

/// <summary>Tells open pages of this process that something they show has changed. Carries no data: pages ask again, in their own reach.</summary>
public sealed class LiveFeed
{
    private readonly ConcurrentDictionary<Guid, (string Topic, Action Changed)> _subscribers = new();

    /// <summary>Something under a topic changed. Cheap; callable from any thread.</summary>
    public void Tell(string topic)
    {
        foreach (var (_, subscriber) in _subscribers)
        {
            if (subscriber.Topic == topic) subscriber.Changed();
        }
    }

    /// <summary>Calls back at most four times a second, also for the last change; dispose to end.</summary>
    public IDisposable Subscribe(string topic, Func<Task> changed, TimeProvider clock) => new Subscription(this, topic, changed, clock);

    private sealed class Subscription : IDisposable
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
        private readonly Lock _gate = new();
        private readonly LiveFeed _feed;
        private readonly Guid _id = Guid.CreateVersion7();
        private readonly Func<Task> _changed;
        private readonly ITimer _timer;
        private bool _isBusy;
        private bool _isToldAgain;

        public Subscription(LiveFeed feed, string topic, Func<Task> changed, TimeProvider clock)
        {
            _feed = feed;
            _changed = changed;
            _timer = clock.CreateTimer(_ => _ = CallAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _feed._subscribers[_id] = (topic, Changed);
        }

        public void Dispose()
        {
            _feed._subscribers.TryRemove(_id, out _);
            _timer.Dispose();
        }

        private void Changed()
        {
            lock (_gate)
            {
                _isToldAgain = true;
                if (_isBusy) return;
                _isBusy = true;
            }

            _timer.Change(Pause, Timeout.InfiniteTimeSpan);
        }

        // The next call waits for this one to end: a slow page falls behind, it does not pile up.
        private async Task CallAsync()
        {
            lock (_gate) _isToldAgain = false;
            try
            {
                await _changed();
            }
            finally
            {
                bool isAgain;
                lock (_gate) isAgain = _isBusy = _isToldAgain;
                if (isAgain) _timer.Change(Pause, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
