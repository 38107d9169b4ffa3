using Anlan.Kernel.Time;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Import;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests.Platform.Toolkit.Import;

public sealed class CleanCheckTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2030, 1, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly CommitGate _gate = new([new Texts()]);
    private readonly CleanCheck _check;
    private readonly Guid _run = Guid.CreateVersion7();

    public CleanCheckTests()
    {
        _check = new CleanCheck(_gate, new CityCalendar(TimeZoneInfo.Utc, _clock));
        _check.Keep(_run, _check.Ground);
    }

    public void Dispose() => _gate.Dispose();

    [Fact]
    public void It_holds_while_no_owner_hears_of_a_change()
    {
        _gate.Apply([(1, false)]);
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.True(_check.Holds(_run));
        Assert.False(_check.Holds(Guid.CreateVersion7()));
    }

    [Fact]
    public void A_record_that_an_owner_hears_of_ends_it()
    {
        _gate.Apply([("a record", false)]);

        Assert.False(_check.Holds(_run));
    }

    [Fact]
    public void A_record_that_was_saved_during_the_dry_run_ends_it()
    {
        var ground = _check.Ground;
        _gate.Apply([("a record", true)]);
        _check.Keep(_run, ground);

        Assert.False(_check.Holds(_run));
    }

    [Fact]
    public void The_next_day_ends_it()
    {
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.False(_check.Holds(_run));
    }

    [Fact]
    public void Another_clean_one_takes_its_place()
    {
        _check.Keep(Guid.CreateVersion7(), _check.Ground);

        Assert.False(_check.Holds(_run));
    }

    private sealed class Texts : EntityIndex<string>
    {
        protected override void Clear()
        {
        }

        protected override void Put(string entity)
        {
        }

        protected override void Remove(string entity)
        {
        }
    }
}
