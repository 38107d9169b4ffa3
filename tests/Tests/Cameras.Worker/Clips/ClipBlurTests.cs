using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using Anlan.Cameras.Worker.Clips;

namespace Anlan.Tests.Cameras.Worker.Clips;

public sealed class ClipBlurTests
{
    private const int Width = 96;
    private const int Height = 64;
    private static readonly DateTimeOffset At = new(2040, 3, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly SeenPerson Person = new(1, 0.25, 0.25, 0.5, 1, 0.9, null);

    [Fact]
    public void The_top_third_of_everybody_is_a_handful_of_dots_and_the_rest_is_as_it_was()
    {
        var (before, after) = (Noise(), Noise());
        ClipBlur.Apply(after, Width, Height, At, [new RecordedPicture(At.AddSeconds(1), [Person])]);

        var area = ClipBlur.AreaOf(Person, Width, Height);
        var inside = Enumerable.Range(area.Top, area.Height).SelectMany(y => Enumerable.Range(area.Left, area.Width).Select(x => after[(y * Width) + x])).Distinct().Count();
        Assert.InRange(inside, 1, ClipBlur.DotsAcross * ClipBlur.DotsDown);
        var changed = Enumerable.Range(0, Width * Height).Where(i => before[i] != after[i]).ToList();
        Assert.All(changed, i => Assert.True(i % Width >= area.Left && i % Width < area.Left + area.Width && i / Width >= area.Top && i / Width < area.Top + area.Height));
        Assert.NotEqual(before[(Width * Height)..], after[(Width * Height)..]);
    }

    [Fact]
    public void Whoever_was_seen_at_another_time_is_not_in_the_picture()
    {
        var (before, after) = (Noise(), Noise());
        ClipBlur.Apply(after, Width, Height, At, [new RecordedPicture(At.AddSeconds(5), [Person])]);
        Assert.Equal(before, after);
    }

    private static byte[] Noise()
    {
        var frame = new byte[Width * Height * 3 / 2];
        new Random(1).NextBytes(frame);
        return frame;
    }
}
