using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Worker.Clips;

namespace Anlan.Tests.Cameras.Worker.Clips;

/// <summary>Which clips are made, and when.</summary>
public sealed class ClipBookTests
{
    private static readonly DateTimeOffset Begin = new(2040, 3, 5, 1, 0, 0, TimeSpan.Zero);
    private readonly ClipBook _book = new(new ClipSpan());

    [Fact]
    public void A_clip_is_made_when_what_comes_twenty_seconds_later_is_on_the_disk()
    {
        var happened = Happened(30);
        Assert.True(_book.Ask(happened));

        Assert.Empty(_book.Due(Pieces(48), Begin.AddSeconds(50), isEnding: false));
        var (wish, pieces) = Assert.Single(_book.Due(Pieces(52), Begin.AddSeconds(53), isEnding: false));

        Assert.Equal((happened.Id, "20", "48"), (wish.Happened, pieces[0].Path, pieces[^1].Path));
        Assert.False(_book.IsWaiting);
    }

    [Fact]
    public void When_the_camera_has_gone_the_clip_is_made_of_what_there_is()
    {
        _book.Ask(Happened(30));

        Assert.Empty(_book.Due(Pieces(36), Begin.AddSeconds(60), isEnding: false));
        var (_, pieces) = Assert.Single(_book.Due(Pieces(36), Begin.AddSeconds(66), isEnding: false));

        Assert.Equal("36", pieces[^1].Path);
    }

    [Fact]
    public void When_the_worker_ends_all_clips_are_made_at_once()
    {
        _book.Ask(Happened(30));

        Assert.Single(_book.Due(Pieces(32), Begin.AddSeconds(31), isEnding: true));
    }

    [Fact]
    public void What_the_clip_of_the_same_entry_shows_gets_none_of_its_own()
    {
        var entry = Guid.CreateVersion7();

        Assert.True(_book.Ask(Happened(30) with { Entry = entry }));
        Assert.False(_book.Ask(Happened(35) with { Entry = entry }));
        Assert.True(_book.Ask(Happened(35) with { Entry = Guid.CreateVersion7() }));
        Assert.True(_book.Ask(Happened(45) with { Entry = entry }));
    }

    private static SightEvent Happened(double at) => new(Guid.CreateVersion7(), Guid.Empty, SightEventKind.Entered, Begin.AddSeconds(at), 1) { Zone = 1 };

    private static IReadOnlyList<Segment> Pieces(int last) => Segment.InOrder([.. Enumerable.Range(0, (last / 2) + 1).Select(i => new Segment($"{2 * i}", Begin.AddSeconds(2 * i), Begin.AddSeconds(2 * (i + 1)), 1000))]);
}
