using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;

namespace Anlan.Host.Operations.Backups;

/// <summary>Takes a backup now, for instance before an upgrade.</summary>
internal sealed class BackUpNow(BackupJob job, CurrentActor current)
{
    /// <param name="Name">Name of its folder.</param>
    /// <param name="LogEntries">Position of the log's last entry.</param>
    public sealed record Taken(string Name, long LogEntries);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/backups", (BackUpNow slice) => slice.RunAsync().ToHttpAsync())
            .RequirePermission(OperationsPermissions.Act).Produces<Taken>().Scoped(ScopedBy.Installation).WithTags("Operations").WithSummary("Take a backup now; answers when it is checked");

    public async Task<Outcome<Taken>> RunAsync()
    {
        if (!job.IsOnFiles) return new Refusal("BackupsOnPostgres");
        if (job.Shelf is null) return new Refusal("BackupsUnset");
        if (job.IsRunning) return new Refusal("BackupRunning");
        // Whoever closes the page does not stop it half-way.
        return await job.RunAsync(current.Actor, CancellationToken.None) is { } taken ? new Taken(taken.Name, taken.Manifest.LogEntries) : new Refusal("BackupFailed");
    }
}
