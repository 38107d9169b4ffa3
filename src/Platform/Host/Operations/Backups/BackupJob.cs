using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Data.Backups;
using Microsoft.Extensions.Options;

namespace Anlan.Host.Operations.Backups;

/// <summary>
/// Takes the backup of each day when its time has come, or when somebody asks, one at a time, and removes what is past its term. Whether one is due it
/// reads from the folder, so that a copy which was lost is taken again.
/// </summary>
internal sealed partial class BackupJob(
    IOptions<BackupOptions> options, DatabaseChoice choice, DataFolder data, IServiceScopeFactory scopes, CityCalendar calendar, TimeProvider clock, ILogger<BackupJob> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(30);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Failure? _failure;

    /// <param name="At">When.</param>
    /// <param name="Said">What stood against it, in English.</param>
    public sealed record Failure(DateTimeOffset At, string Said);

    /// <summary>The last attempt, when it failed; null when it did not.</summary>
    public Failure? LastFailure => _failure;

    /// <summary>True while one is taken.</summary>
    public bool IsRunning => _turn.CurrentCount == 0;

    /// <summary>True where this server can take backups at all.</summary>
    public bool IsOnFiles => choice.Postgres is null;

    /// <summary>The folder of backups, or null when none is set.</summary>
    public BackupShelf? Shelf => options.Value.Folder is { Length: > 0 } folder ? new BackupShelf(Path.GetFullPath(folder), KeysFolder) : null;

    private string? KeysFolder => options.Value.KeysFolder is { Length: > 0 } keys ? Path.GetFullPath(keys) : null;

    /// <summary>The last moment at which a backup was to be taken.</summary>
    public DateTimeOffset LastDue
    {
        get
        {
            var due = calendar.StartOf(calendar.Today) + options.Value.At.ToTimeSpan();
            return due <= calendar.Now ? due : calendar.StartOf(calendar.Today.AddDays(-1)) + options.Value.At.ToTimeSpan();
        }
    }

    /// <summary>True when the backup of the last due moment is not there. A copy of a clock that ran ahead counts for no day.</summary>
    public bool IsMissing => Shelf is { } shelf && shelf.List().FirstOrDefault(backup => backup.Manifest.MadeAt <= calendar.Now) is var newest && (newest is null || newest.Manifest.MadeAt < LastDue);

    /// <summary>Takes the backup of the day if it is due; null when it is not, or when it failed.</summary>
    public async Task<BackupShelf.Shelved?> RunIfDueAsync(CancellationToken stop)
    {
        if (!IsOnFiles || !IsMissing) return null;
        if (_failure is { } failed && failed.At + Again > calendar.Now && failed.At <= calendar.Now) return null;
        return await RunAsync(Actor.System, stop);
    }

    /// <summary>Takes a backup now, in somebody's name; null when it failed or another one is under way.</summary>
    public async Task<BackupShelf.Shelved?> RunAsync(Actor actor, CancellationToken stop)
    {
        if (!await _turn.WaitAsync(TimeSpan.Zero, stop)) return null;
        try
        {
            var (folder, manifest) = await new TakeBackup(data, HostApplication.OpenDb, clock, LogStep).RunAsync(options.Value.Folder, KeysFolder, BackupOptions.SettingsFile, stop);
            var taken = new BackupShelf.Shelved(Path.GetFileName(folder), manifest);
            var removed = Shelf!.Trim(calendar.Today, calendar.DateOf, options.Value.KeepDays, options.Value.KeepWeeks);
            LogTaken(taken.Name, manifest.LogEntries);
            await AuditAsync(actor, "operations.backup.taken", taken.Name, new { manifest.LogEntries, manifest.LogHash, manifest.Size, removed }, stop);
            _failure = null;
            return taken;
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            _failure = new Failure(clock.GetUtcNow(), failed.Message);
            LogFailed(failed);
            await AuditFailureAsync(actor, failed, stop);
            return null;
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunIfDueAsync(stoppingToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                LogFailed(failed);
            }

            await Task.Delay(Look, clock, stoppingToken);
        }
    }

    // What kept the backup from the disk may keep the audit from it too.
    private async Task AuditFailureAsync(Actor actor, Exception failed, CancellationToken stop)
    {
        try
        {
            await AuditAsync(actor, "operations.backup.failed", "none", new { said = failed.Message }, stop);
        }
        catch (Exception also) when (also is not OperationCanceledException)
        {
            LogFailed(also);
        }
    }

    private async Task AuditAsync(Actor actor, string action, string name, object details, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = actor;
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        db.Audit(action, $"backup/{name}", details);
        await db.SaveAsync(stop);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Backup: {Step}")]
    private partial void LogStep(string step);

    [LoggerMessage(Level = LogLevel.Information, Message = "Backup {Name} taken; its log ends at {Entries}")]
    private partial void LogTaken(string name, long entries);

    [LoggerMessage(Level = LogLevel.Error, Message = "The backup failed; it is tried again in half an hour")]
    private partial void LogFailed(Exception failed);
}
