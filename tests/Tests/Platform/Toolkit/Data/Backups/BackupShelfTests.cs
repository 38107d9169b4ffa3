using Anlan.Toolkit.Data.Backups;

namespace Anlan.Tests.Platform.Toolkit.Data.Backups;

/// <summary>What is removed, and what is never touched.</summary>
public sealed class BackupShelfTests : IDisposable
{
    // A Wednesday.
    private static readonly DateOnly Today = new(2040, 3, 7);
    private readonly string _folder = Directory.CreateTempSubdirectory("anlan-shelf-").FullName;

    [Fact]
    public void Each_day_and_each_week_keeps_its_last_backup_for_its_term()
    {
        var made = Enumerable.Range(0, 40).SelectMany(back => new[] { At(back, 2), At(back, 14) }).OrderDescending().ToList();

        var past = Past(made, days: 3, weeks: 3);

        // Three days: today, yesterday, the day before. Three weeks: this one (today is its last), the last day of the two before.
        DateTimeOffset[] kept = [At(0, 14), At(1, 14), At(2, 14), At(3, 14), At(10, 14)];
        Assert.Equal(kept, made.Except(past));
    }

    [Fact]
    public void The_newest_stays_however_old_it_is_and_a_clock_set_back_removes_nothing_of_the_future()
    {
        Assert.Empty(Past([At(400, 2)], days: 1, weeks: 0));
        Assert.Equal([At(300, 2)], Past([At(-5, 2), At(-4, 2), At(300, 2)], days: 1, weeks: 0));
    }

    [Fact]
    public void Only_whole_backups_are_counted_and_only_they_are_removed()
    {
        Put("anlan-old", At(50, 2));
        Put("anlan-new", At(0, 2));
        foreach (var other in (string[])["anlan-half", "photos"])
        {
            Directory.CreateDirectory(Path.Combine(_folder, other));
            File.WriteAllText(Path.Combine(_folder, other, "main.db"), "x");
        }

        var shelf = new BackupShelf(_folder, null);
        var removed = shelf.Trim(Today, at => DateOnly.FromDateTime(at.UtcDateTime), days: 7, weeks: 4);

        Assert.Equal(["anlan-old"], removed);
        Assert.Equal(["anlan-half", "anlan-new", "photos"], Directory.GetDirectories(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["anlan-new"], shelf.List().Select(backup => backup.Name));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static DateTimeOffset At(int daysBack, int hour) => new(Today.AddDays(-daysBack), new TimeOnly(hour, 0), TimeSpan.Zero);

    private static BackupManifest Manifest(DateTimeOffset at) => new(BackupManifest.CurrentFormat, at, "1", "Initial", 0, "", 0, false, []);

    private static List<DateTimeOffset> Past(IReadOnlyList<DateTimeOffset> newestFirst, int days, int weeks) =>
        [.. BackupShelf.Past([.. newestFirst.Select(at => new BackupShelf.Shelved($"anlan-{at:yyyyMMddHH}", Manifest(at)))], Today, at => DateOnly.FromDateTime(at.UtcDateTime), days, weeks).Select(backup => backup.Manifest.MadeAt)];

    private void Put(string name, DateTimeOffset at) => Manifest(at).Write(Directory.CreateDirectory(Path.Combine(_folder, name)).FullName);
}
