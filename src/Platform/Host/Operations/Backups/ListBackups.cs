using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data.Backups;
using Microsoft.Extensions.Options;

namespace Anlan.Host.Operations.Backups;

/// <summary>The backups that lie in the folder, and how the last attempt went.</summary>
internal sealed class ListBackups(BackupJob job, IOptions<BackupOptions> options)
{
    /// <param name="Name">Name of its folder.</param>
    /// <param name="MadeAt">When it was begun.</param>
    /// <param name="Size">Bytes.</param>
    /// <param name="LogEntries">Position of the log's last entry.</param>
    /// <param name="LogHash">SHA-256 over all leaf hashes in order.</param>
    /// <param name="HasKeysApart">The keys lie in another folder.</param>
    /// <param name="Version">The program that made it.</param>
    public sealed record Row(string Name, DateTimeOffset MadeAt, long Size, long LogEntries, string LogHash, bool HasKeysApart, string Version);

    /// <param name="IsOnFiles">False on PostgreSQL, which has tools of its own.</param>
    /// <param name="IsSet">True when a folder is set.</param>
    /// <param name="IsRunning">True while one is taken.</param>
    /// <param name="At">Time of day at which one is taken.</param>
    /// <param name="KeepDays">So many days keep their last backup.</param>
    /// <param name="KeepWeeks">So many weeks keep their last backup.</param>
    /// <param name="FailedAt">When the last attempt failed; null when it did not.</param>
    /// <param name="Failure">What stood against it, in English.</param>
    /// <param name="Items">This page of the backups, the newest first.</param>
    /// <param name="Total">How many there are.</param>
    public sealed record Shown(bool IsOnFiles, bool IsSet, bool IsRunning, TimeOnly At, int KeepDays, int KeepWeeks, DateTimeOffset? FailedAt, string? Failure, IReadOnlyList<Row> Items, int Total);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/backups", (string? search, ListBackups slice, int page = 1, int size = 20) => slice.Run(new PageRequest(page, size, search)))
            .RequirePermission(OperationsPermissions.View).Scoped(ScopedBy.Installation).WithTags("Operations").WithSummary("Backups that lie in their folder, the newest first, and how the last attempt went; search by name");

    public Shown Run(PageRequest request)
    {
        var found = (job.Shelf?.List() ?? []).Where(backup => request.Term is not { } term || backup.Name.Contains(term, StringComparison.OrdinalIgnoreCase)).ToList();
        var (settings, failure) = (options.Value, job.LastFailure);
        return new Shown(
            job.IsOnFiles, job.Shelf is not null, job.IsRunning, settings.At, settings.KeepDays, settings.KeepWeeks, failure?.At, failure?.Said,
            [.. found.Skip(request.Skip).Take(request.Take).Select(Read)], found.Count);
    }

    private static Row Read(BackupShelf.Shelved backup) => new(
        backup.Name, backup.Manifest.MadeAt, backup.Manifest.Size, backup.Manifest.LogEntries, backup.Manifest.LogHash, backup.Manifest.HasKeysApart, backup.Manifest.Version);
}
