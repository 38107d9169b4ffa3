using System.Globalization;

namespace Anlan.Toolkit.Data.Backups;

/// <summary>The folder in which backups lie: what is there is what counts, whatever a database remembers.</summary>
/// <param name="folder">The folder.</param>
/// <param name="keysFolder">Folder of the keys, when they lie apart.</param>
public sealed class BackupShelf(string folder, string? keysFolder)
{
    /// <summary>One backup on the shelf.</summary>
    /// <param name="Name">Name of its folder.</param>
    /// <param name="Manifest">What it holds.</param>
    public sealed record Shelved(string Name, BackupManifest Manifest);

    /// <summary>Every whole backup, the newest first.</summary>
    public IReadOnlyList<Shelved> List()
    {
        if (!Directory.Exists(folder)) return [];
        var found = new List<Shelved>();
        foreach (var path in Directory.GetDirectories(folder, TakeBackup.Prefix + "*"))
        {
            try
            {
                found.Add(new Shelved(Path.GetFileName(path), BackupManifest.Read(path)));
            }
            catch (BackupException)
            {
                // Half of a backup, or somebody else's folder: neither counted nor touched.
            }
        }

        return [.. found.OrderByDescending(backup => backup.Manifest.MadeAt)];
    }

    /// <summary>Removes what is past its term; answers the names. The newest always stays.</summary>
    /// <param name="today">The city's day.</param>
    /// <param name="dayOf">The city's day of an instant.</param>
    /// <param name="days">So many days keep their last backup.</param>
    /// <param name="weeks">So many weeks keep their last backup.</param>
    public IReadOnlyList<string> Trim(DateOnly today, Func<DateTimeOffset, DateOnly> dayOf, int days, int weeks)
    {
        var past = Past(List(), today, dayOf, days, weeks);
        foreach (var backup in past)
        {
            // The manifest goes first: what is half removed is no backup.
            File.Delete(Path.Combine(folder, backup.Name, BackupManifest.FileName));
            Directory.Delete(Path.Combine(folder, backup.Name), recursive: true);
            if (keysFolder is not null && Directory.Exists(Path.Combine(keysFolder, backup.Name))) Directory.Delete(Path.Combine(keysFolder, backup.Name), recursive: true);
        }

        return [.. past.Select(backup => backup.Name)];
    }

    /// <summary>Which backups are past their term.</summary>
    internal static IReadOnlyList<Shelved> Past(IReadOnlyList<Shelved> newestFirst, DateOnly today, Func<DateTimeOffset, DateOnly> dayOf, int days, int weeks)
    {
        var (seenDays, seenWeeks, past) = (new HashSet<DateOnly>(), new HashSet<DateOnly>(), new List<Shelved>());
        foreach (var backup in newestFirst)
        {
            var day = dayOf(backup.Manifest.MadeAt);
            var monday = MondayOf(day);
            var isLastOfDay = seenDays.Add(day);
            var isLastOfWeek = seenWeeks.Add(monday);
            var isKept = ReferenceEquals(backup, newestFirst[0])
                || (isLastOfDay && day > today.AddDays(-days))
                || (isLastOfWeek && monday > MondayOf(today).AddDays(-7 * weeks));
            if (!isKept) past.Add(backup);
        }

        return past;
    }

    private static DateOnly MondayOf(DateOnly day) => DateOnly.FromDateTime(ISOWeek.ToDateTime(ISOWeek.GetYear(day.ToDateTime(default)), ISOWeek.GetWeekOfYear(day.ToDateTime(default)), DayOfWeek.Monday));
}
