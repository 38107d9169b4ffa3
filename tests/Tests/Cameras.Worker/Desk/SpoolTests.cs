using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Worker.Desk;
using Microsoft.Extensions.Logging.Abstractions;

namespace Anlan.Tests.Cameras.Worker.Desk;

/// <summary>What waits for delivery: whole, in order, over restarts, never more than there is room for.</summary>
public sealed class SpoolTests : IDisposable
{
    private static readonly DateTimeOffset Begin = new(2040, 3, 5, 1, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("anlan-spool-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Events_come_out_as_they_went_in_and_in_their_order_also_after_a_restart()
    {
        var events = Enumerable.Range(0, 12).Select(i => Happened(i, 100)).ToList();
        using (var spool = Open()) foreach (var happened in events) spool.Add(happened);

        using var next = Open();
        var names = next.Oldest(clips: false, 20);

        Assert.Equal(events.Select(happened => happened.Id), names.Select(name => name.Happened));
        var read = next.Read(names[3])!;
        Assert.Equal((events[3].At, events[3].Kind, 100), (read.At, read.Kind, read.Picture!.Length));
        next.Done(names[0]);
        next.Add(Happened(13, 1));
        Assert.Equal((12, 13), (next.Count, next.Oldest(clips: false, 20)[^1].Number));
    }

    [Fact]
    public void What_was_half_written_when_the_power_went_is_not_there()
    {
        using (var spool = Open()) spool.Add(Happened(1, 10));
        File.WriteAllText(Path.Combine(_folder.FullName, "0000000000000002_x.event.new"), "{");
        File.WriteAllText(Path.Combine(_folder.FullName, "notes.txt"), "not ours");

        using var next = Open();

        Assert.Equal(1, next.Count);
        Assert.Equal(["notes.txt"], Directory.GetFiles(_folder.FullName).Select(Path.GetFileName).Where(name => SpoolName.Read(name!) is null));
    }

    [Fact]
    public void A_damaged_event_is_put_aside_and_holds_up_nobody()
    {
        using var spool = Open();
        spool.Add(Happened(1, 10));
        var name = spool.Oldest(clips: false, 1)[0];
        File.WriteAllText(Path.Combine(_folder.FullName, name.ToString()), "{\"id\":");

        Assert.Null(spool.Read(name));
        Assert.Equal((0, 0), (spool.Count, spool.Bytes));
        Assert.Single(Directory.GetFiles(Path.Combine(_folder.FullName, "refused")));
    }

    [Fact]
    public void When_it_is_full_the_oldest_clips_go_first_and_events_only_when_no_clip_is_left()
    {
        using var spool = Open(most: 10_000);
        var (first, second) = (Happened(1, 300), Happened(2, 300));
        spool.Add(first);
        spool.AddClip(Guid.Empty, first.Id, Begin, Clip(4000), isBlurred: false);
        spool.Add(second);
        spool.AddClip(Guid.Empty, second.Id, Begin, Clip(3000), isBlurred: false);

        spool.AddClip(Guid.Empty, Guid.CreateVersion7(), Begin, Clip(4000), isBlurred: false);
        Assert.Equal([first.Id, second.Id], spool.Oldest(clips: false, 9).Select(name => name.Happened));
        Assert.DoesNotContain(spool.Oldest(clips: true, 9), name => name.Happened == first.Id);

        for (var i = 0; i < 40; i++) spool.Add(Happened(3 + i, 300));
        Assert.Empty(spool.Oldest(clips: true, 9));
        Assert.InRange(spool.Bytes, 8000, 10_000);
        Assert.False(spool.Holds(first.Id));
    }

    [Fact]
    public void A_name_says_what_a_file_is_and_others_names_say_nothing()
    {
        var clip = new SpoolName(7, Guid.CreateVersion7(), Guid.CreateVersion7(), Begin);
        var happened = clip with { Began = null };

        Assert.Equal(clip, SpoolName.Read(clip.ToString()));
        Assert.Equal(happened, SpoolName.Read(happened.ToString()));
        Assert.All(["", "a.event", "1_2_3.event", clip + ".new", "-1_" + $"{clip}"[17..]], name => Assert.Null(SpoolName.Read(name)));
    }

    private Spool Open(long most = 1_000_000) => new(_folder.FullName, most, NullLogger.Instance);

    private string Clip(int bytes)
    {
        var path = Path.Combine(_folder.FullName, Guid.CreateVersion7().ToString("N"));
        File.WriteAllBytes(path, new byte[bytes]);
        return path;
    }

    private static SightEvent Happened(int second, int bytes) => new(Guid.CreateVersion7(), Guid.CreateVersion7(), SightEventKind.Entered, Begin.AddSeconds(second), 1) { Picture = new byte[bytes] };
}
