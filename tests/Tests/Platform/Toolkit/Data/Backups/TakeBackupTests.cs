using Anlan.Tests.Platform.Toolkit.Files;
using Anlan.Toolkit.Data.Backups;
using Anlan.Toolkit.Files;

namespace Anlan.Tests.Platform.Toolkit.Data.Backups;

/// <summary>A backup is taken while the server works; it is whole, the owner's alone, and what is not whole is no backup.</summary>
public sealed class TakeBackupTests(Installation installation) : IClassFixture<Installation>
{
    [Fact]
    public async Task A_backup_under_load_holds_every_entry_up_to_its_position_and_the_restored_server_goes_on_from_there()
    {
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await installation.DecideAsync();
                await installation.EnterPersonAsync();
            }
        }, CancellationToken.None)).ToList();
        var begun = installation.Host.Log.LastSeq;
        await WeldingUntilAsync(() => installation.Host.Log.LastSeq > begun + 20);

        var (backup, manifest) = await installation.Backup().RunAsync(installation.In("first"), null, null, CancellationToken.None);
        var after = installation.Host.Log.LastSeq;
        await WeldingUntilAsync(() => installation.Host.Log.LastSeq > after + 20);
        await stop.CancelAsync();
        await Task.WhenAll(load);

        Assert.InRange(manifest.LogEntries, begun + 20, after);
        Assert.InRange(manifest.ProjectedTo, 0, manifest.LogEntries);
        var restored = installation.In("restored");
        await installation.RestoreAsync(backup, restored);
        await using (var again = await Welding.WeldingHost.StartAsync(folder: restored, settings: Installation.OnFiles))
        {
            Assert.Equal(manifest.LogEntries, again.Log.LastSeq);
            Assert.Equal(manifest.LogEntries, again.Get<Anlan.Toolkit.Log.Projector>().Seq);
            using var http = new HttpClient { BaseAddress = again.Url };
            Assert.True((await http.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode);
            await again.StartAsync(new Welding.AMachine(default, "NONE", "", ""), default);
            Assert.Equal(manifest.LogEntries + 1, again.Log.LastSeq);
        }

        Assert.Equal(Installation.Entries(installation.Folder, manifest.LogEntries), Installation.Entries(restored, manifest.LogEntries));
    }

    [Fact]
    public async Task Rules_of_the_office_come_along_and_neither_links_nor_diaries_nor_earlier_copies_do()
    {
        foreach (var name in (string[])["rules/own.json", "server.log", "backups/earlier.db", "set-up-link.txt"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(installation.Folder, name))!);
            await File.WriteAllTextAsync(Path.Combine(installation.Folder, name), "{}");
        }

        var settings = installation.In("appsettings.json");
        await File.WriteAllTextAsync(settings, "{}");
        var (_, manifest) = await installation.Backup().RunAsync(installation.In("second"), null, settings, CancellationToken.None);

        var paths = manifest.Files.Select(file => file.Path).ToList();
        Assert.Superset(new HashSet<string>(["main.db", "hot.db", "rules/own.json", TakeBackup.Settings], StringComparer.Ordinal), new HashSet<string>(paths, StringComparer.Ordinal));
        Assert.Contains(paths, path => path.StartsWith("keys/grant-", StringComparison.Ordinal));
        Assert.Contains(paths, path => path.StartsWith("keys/personal-", StringComparison.Ordinal));
        Assert.DoesNotContain(paths, path => path.EndsWith(".log", StringComparison.Ordinal) || path.StartsWith("backups", StringComparison.Ordinal) || path == "set-up-link.txt");
    }

    [Fact]
    public async Task Evidence_files_come_along_and_back_and_half_written_ones_do_not()
    {
        var picture = SomeFiles.Png();
        var kept = (await installation.Host.Get<FileStore>().KeepAsync(new MemoryStream(picture), SomeFiles.Pictures, null, CancellationToken.None)).Value;
        var incoming = Directory.CreateDirectory(Path.Combine(installation.Folder, "files", "incoming")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(incoming, "half" + FileNames.Unfinished), picture);

        var (backup, manifest) = await installation.Backup().RunAsync(installation.In("third"), null, null, CancellationToken.None);
        await installation.RestoreAsync(backup, installation.In("with-files"));

        var name = "files/" + FileNames.PathOf(kept.Hash);
        Assert.Equal([(name, kept.Hash)], manifest.Files.Where(file => file.Path.StartsWith("files/", StringComparison.Ordinal)).Select(file => (file.Path, file.Sha256)));
        Assert.Equal(picture, await File.ReadAllBytesAsync(Path.Combine(installation.In("with-files"), name)));
        // A damaged one is noticed before anything is restored.
        await File.WriteAllBytesAsync(Path.Combine(backup, name), picture[..^1]);
        var refused = await Assert.ThrowsAsync<BackupException>(() => installation.CheckAsync(backup));
        Assert.Contains(kept.Hash, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_is_the_owners_alone_and_keys_can_lie_apart()
    {

        var backup = await installation.TakeAsync(keys: installation.In("safe"));

        var keys = Path.Combine(installation.In("safe"), Path.GetFileName(backup));
        Assert.False(Directory.Exists(Path.Combine(backup, "keys")));
        Assert.All(Directory.GetFiles(backup, "*", SearchOption.AllDirectories).Concat(Directory.GetFiles(keys, "*", SearchOption.AllDirectories)), path =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(path)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute : File.GetUnixFileMode(backup));
        var refused = await Assert.ThrowsAsync<BackupException>(() => installation.CheckAsync(backup));
        Assert.Contains("The keys of this backup lie apart", refused.Message, StringComparison.Ordinal);
        Assert.True((await installation.CheckAsync(backup, keys)).HasKeysApart);
        await installation.RestoreAsync(backup, installation.In("joined"), keys);
        Assert.NotEmpty(Directory.GetFiles(installation.In("joined/keys"), "grant-*.pem"));
    }

    [Fact]
    public async Task An_installation_that_is_not_whole_gives_no_backup_and_leaves_nothing_behind()
    {
        await using var own = await Installation.StartAsync();
        await own.Host.StopAsync();
        Installation.RunPast(Path.Combine(own.Folder, "hot.db"), "delete from log where seq = 7");

        var refused = await Assert.ThrowsAsync<BackupException>(() => own.TakeAsync());

        Assert.Contains("entry 7 is missing", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(own.Shelf));
    }

    [Fact]
    public async Task A_folder_in_which_backups_would_grow_into_each_other_is_refused()
    {

        var refused = await Assert.ThrowsAsync<BackupException>(() => installation.Backup().RunAsync(Path.Combine(installation.Folder, "copies"), null, null, CancellationToken.None));

        Assert.Contains("lies in the data folder", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(installation.Folder, "copies")));
    }

    private static Task WeldingUntilAsync(Func<bool> condition) => Welding.WeldingHost.UntilAsync(condition);
}
