using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests.Platform.Toolkit.Ui;

public sealed class LiveFeedTests
{
    private readonly LiveFeed _feed = new();
    private readonly FakeTimeProvider _clock = new();
    private int _calls;

    [Fact]
    public void A_thousand_changes_in_a_second_are_at_most_four_calls_and_the_last_one_counts()
    {
        using var subscription = Subscribe("welding");

        for (var i = 0; i < 1_000; i++)
        {
            _feed.Tell("welding");
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(_calls, 3, 4);
        var soFar = _calls;

        _feed.Tell("welding");
        _clock.Advance(TimeSpan.FromMilliseconds(250));

        Assert.Equal(soFar + 1, _calls);
    }

    [Fact]
    public void A_page_that_is_still_reading_is_called_again_only_when_it_is_done()
    {
        var reading = new TaskCompletionSource();
        using var subscription = _feed.Subscribe("welding", () =>
        {
            _calls++;
            return reading.Task;
        }, _clock);

        _feed.Tell("welding");
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        _feed.Tell("welding");
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, _calls);
        reading.SetResult();
        _clock.Advance(TimeSpan.FromMilliseconds(250));

        Assert.Equal(2, _calls);
    }

    [Fact]
    public void Silence_costs_nothing_and_another_topic_is_not_heard()
    {
        using var subscription = Subscribe("welding");

        _feed.Tell("training");
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(0, _calls);
    }

    [Fact]
    public void Who_left_is_not_called_any_more()
    {
        var subscription = Subscribe("welding");
        _feed.Tell("welding");

        subscription.Dispose();
        _feed.Tell("welding");
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, _calls);
    }

    private IDisposable Subscribe(string topic) => _feed.Subscribe(topic, () =>
    {
        _calls++;
        return Task.CompletedTask;
    }, _clock);
}
