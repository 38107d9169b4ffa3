using Anlan.Kernel.Time;
using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Operations.Backups;

/// <summary>Backups that nobody set up, that failed, or that are overdue: whoever learns it on the worst day learns it too late.</summary>
internal sealed class BackupTasks(BackupJob job, HostSettings settings, CityCalendar calendar, IStringLocalizer<Words> words) : IDeskTasks
{
    /// <summary>So long after its time a backup may still be under way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(2);

    public Task<IReadOnlyList<DeskTask>> OfReaderAsync(CancellationToken stop) => Task.FromResult<IReadOnlyList<DeskTask>>(What() is { } what ? [new DeskTask("cal", words[what], words[what + ".Why"], null, words["Desk.Backup.Do"], "/backups")] : []);

    private string? What()
    {
        // PostgreSQL has tools of its own, which this server does not see; a demo has nothing to lose.
        if (!job.IsOnFiles || (settings.Demo && job.Shelf is null)) return null;
        if (job.Shelf is null) return "Desk.BackupsUnset";
        if (job.LastFailure is not null) return "Desk.BackupFailed";
        return job.IsMissing && calendar.Now > job.LastDue + Patience ? "Desk.BackupOverdue" : null;
    }
}
