using Anlan.Host.Operations.Backups;
using Anlan.Tests.Platform.Toolkit.Data.Backups;
using Anlan.Tests.Welding;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Audit;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Platform.Host.Operations.Backups;

/// <summary>The backup of each day: taken once, made up for, told when it fails, and tried again.</summary>
public sealed class BackupJobTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("anlan-nightly-").FullName;

    private string Shelf => Path.Combine(_root, "shelf");

    [Fact]
    public async Task A_day_has_one_backup_a_failure_waits_on_the_desk_and_is_tried_again()
    {
        await using var host = await StartAsync($"--Anlan:Backup:Folder={Shelf}", "--Anlan:Backup:KeepDays=1", "--Anlan:Backup:KeepWeeks=0");
        var job = host.Get<BackupJob>();
        // Nothing was ever kept: the first look makes up for it.
        await WeldingHost.UntilAsync(() => job.Shelf!.List().Count == 1 && !job.IsRunning);
        Assert.Null(await job.RunIfDueAsync(CancellationToken.None));
        Assert.Empty(await TasksAsync(host));
        host.Clock.Advance(TimeSpan.FromDays(1));

        Directory.Move(Shelf, Shelf + "-away");
        await File.WriteAllTextAsync(Shelf, "the disk is not mounted");
        Assert.Null(await job.RunIfDueAsync(CancellationToken.None));
        var failure = job.LastFailure;
        Assert.Null(await job.RunIfDueAsync(CancellationToken.None));
        Assert.Same(failure, job.LastFailure);
        Assert.Single(await TasksAsync(host), task => task.Href == "/backups");

        File.Delete(Shelf);
        Directory.Move(Shelf + "-away", Shelf);
        host.Clock.Advance(TimeSpan.FromMinutes(31));
        var taken = await job.RunIfDueAsync(CancellationToken.None);

        Assert.NotNull(taken);
        Assert.Null(job.LastFailure);
        Assert.Empty(await TasksAsync(host));
        Assert.Equal([taken.Name], job.Shelf!.List().Select(backup => backup.Name));
        Assert.Equal(["operations.backup.failed", "operations.backup.taken", "operations.backup.taken"], (await AuditAsync(host)).Select(entry => entry.Action).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_clock_that_ran_ahead_and_came_back_leaves_no_day_without_a_backup_and_makes_no_second_one()
    {
        await using var host = await StartAsync($"--Anlan:Backup:Folder={Shelf}");
        var job = host.Get<BackupJob>();
        await WeldingHost.UntilAsync(() => job.LastFailure is not null || (job.Shelf!.List().Count == 1 && !job.IsRunning));
        Assert.Null(job.LastFailure?.Said);
        host.Clock.Advance(TimeSpan.FromDays(30));
        Assert.NotNull(await job.RunIfDueAsync(CancellationToken.None));

        host.Clock.Advance(TimeSpan.FromDays(-29));

        Assert.NotNull(await job.RunIfDueAsync(CancellationToken.None));
        Assert.Null(await job.RunIfDueAsync(CancellationToken.None));
        Assert.Equal(3, job.Shelf!.List().Count);
    }

    [Fact]
    public async Task Asked_for_it_is_taken_in_the_name_of_whoever_asked_and_where_no_folder_is_set_it_is_refused()
    {
        await using (var unset = await StartAsync())
        {
            Assert.Equal("BackupsUnset", (await NowAsync(unset, Guid.CreateVersion7())).Refusals[0].Code);
        }

        await using var host = await StartAsync($"--Anlan:Backup:Folder={Shelf}", $"--Anlan:Backup:KeysFolder={Path.Combine(_root, "safe")}");
        var job = host.Get<BackupJob>();
        await WeldingHost.UntilAsync(() => job.Shelf!.List().Count == 1 && !job.IsRunning);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var who = Guid.CreateVersion7();

        var taken = await NowAsync(host, who);

        Assert.True(taken.IsDone);
        Assert.Contains(await AuditAsync(host), entry => entry.Account == who && entry.Subject == "backup/" + taken.Value.Name);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(_root, "safe", taken.Value.Name, "keys")));
        Assert.False(Directory.Exists(Path.Combine(Shelf, taken.Value.Name, "keys")));
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_root, recursive: true);
    }

    private Task<WeldingHost> StartAsync(params string[] settings) => WeldingHost.StartAsync(folder: Path.Combine(_root, "data"), settings: [Installation.OnFiles, .. settings]);

    private static async Task<Anlan.Kernel.Outcomes.Outcome<BackUpNow.Taken>> NowAsync(WeldingHost host, Guid who)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System with { Account = who };
        return await scope.ServiceProvider.GetRequiredService<BackUpNow>().RunAsync();
    }

    private static async Task<IReadOnlyList<DeskTask>> TasksAsync(WeldingHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<BackupTasks>().OfReaderAsync(CancellationToken.None);
    }

    private static async Task<IReadOnlyList<AuditRecord>> AuditAsync(WeldingHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AnlanDb>().Set<AuditRecord>().AsNoTracking().Where(entry => entry.Action.StartsWith("operations.backup")).ToListAsync();
    }
}
