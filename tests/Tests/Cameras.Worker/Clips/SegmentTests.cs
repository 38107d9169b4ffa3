using Anlan.Cameras.Worker.Clips;

namespace Anlan.Tests.Cameras.Worker.Clips;

/// <summary>Which pieces of video show what was at a time.</summary>
public sealed class SegmentTests
{
    private static readonly DateTimeOffset Begin = new(2040, 3, 5, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_piece_begins_where_the_one_before_ended_and_the_first_of_a_run_when_it_was_made()
    {
        var ordered = Segment.InOrder([Piece("1-000000", 1, 3), Piece("1-000001", 3.4, 5), Piece("2-000000", 20, 22), Piece("2-000001", 22.5, 24)]);

        Assert.Equal([1, 3, 20, 22], ordered.Select(piece => (piece.Begin - Begin).TotalSeconds));
    }

    [Fact]
    public void Pieces_that_touch_the_time_are_taken_and_it_is_known_when_they_are_whole()
    {
        var ordered = Segment.InOrder([.. Enumerable.Range(0, 10).Select(i => Piece($"1-00000{i}", 2 * i, 2 * (i + 1)))]);

        var taken = Segment.Between(ordered, Begin.AddSeconds(5), Begin.AddSeconds(11));

        Assert.Equal(["1-000002", "1-000003", "1-000004", "1-000005"], taken.Select(piece => piece.Path));
        Assert.True(Segment.AreWholeUntil(ordered, Begin.AddSeconds(18)));
        Assert.False(Segment.AreWholeUntil(ordered, Begin.AddSeconds(19)));
        Assert.False(Segment.AreWholeUntil([], Begin));
    }

    private static Segment Piece(string name, double made, double end) => new(name, Begin.AddSeconds(made), Begin.AddSeconds(end), 1000);
}
