using Anlan.Accounts.Invitations;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests.Accounts.Invitations;

public sealed class SlipTrayTests
{
    private static readonly Guid Maker = Guid.CreateVersion7();
    private readonly FakeTimeProvider _clock = new();
    private readonly Slip _slip = new(Guid.CreateVersion7(), "welder", "W*r", "AAAAA-AAAAA", "/claim", DateTimeOffset.UnixEpoch);
    private readonly SlipTray _tray;

    public SlipTrayTests()
    {
        _tray = new SlipTray(_clock);
        _tray.Put(_slip, Maker);
    }

    [Fact]
    public void A_slip_is_taken_once()
    {
        Assert.Equal(_slip, _tray.Take(_slip.Id, Maker));
        Assert.Null(_tray.Take(_slip.Id, Maker));
    }

    [Fact]
    public void Of_an_account_the_newest_hundred_are_kept_and_those_of_others_stay()
    {
        var other = Guid.CreateVersion7();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var slips = Enumerable.Range(0, 100).Select(_ => _slip with { Id = Guid.CreateVersion7() }).ToList();
        var foreign = _slip with { Id = Guid.CreateVersion7() };
        _tray.Put(foreign, other);

        slips.ForEach(slip => _tray.Put(slip, Maker));

        Assert.Null(_tray.Take(_slip.Id, Maker));
        Assert.Equal(foreign, _tray.Take(foreign.Id, other));
        Assert.All(slips, slip => Assert.Equal(slip, _tray.Take(slip.Id, Maker)));
    }

    [Fact]
    public void A_slip_goes_only_to_its_maker()
    {
        Assert.Null(_tray.Take(_slip.Id, Guid.CreateVersion7()));
        Assert.Equal(_slip, _tray.Take(_slip.Id, Maker));
    }

    [Fact]
    public void A_slip_that_nobody_took_is_gone_after_ten_minutes()
    {
        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Null(_tray.Take(_slip.Id, Maker));
    }
}
