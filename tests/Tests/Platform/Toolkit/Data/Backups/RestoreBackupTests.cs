using Anlan.Toolkit.Data.Backups;

namespace Anlan.Tests.Platform.Toolkit.Data.Backups;

/// <summary>What a careless person and a bad disk do to a restore: it is refused, and nothing has changed.</summary>
public sealed class RestoreBackupTests(Installation installation) : IClassFixture<Installation>
{
    [Fact]
    public async Task A_filled_data_folder_is_refused_unless_told_and_then_kept_beside_the_new_one()
    {
        await using var own = await Installation.StartAsync();
        var backup = await own.TakeAsync();
        await own.DecideAsync();
        var last = own.Host.Log.LastSeq;
        await own.Host.StopAsync();
        // The server ended, but this process lives on with the connections that it keeps for the next use.
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();

        var refused = await Assert.ThrowsAsync<BackupException>(() => own.RestoreAsync(backup, own.Folder));
        var restored = await own.RestoreAsync(backup, own.Folder, replaces: true);

        Assert.Contains("is not empty", refused.Message, StringComparison.Ordinal);
        Assert.Equal(last, Installation.Entries(restored.Before!, long.MaxValue).Count);
        Assert.Equal(last - 1, Installation.Entries(own.Folder, long.MaxValue).Count);
    }

    [Fact]
    public async Task A_running_server_keeps_its_data_folder()
    {
        var backup = await installation.TakeAsync();

        var refused = await Assert.ThrowsAsync<BackupException>(() => installation.RestoreAsync(backup, installation.Folder, replaces: true));

        Assert.Contains("is in use", refused.Message, StringComparison.Ordinal);
        await installation.DecideAsync();
    }

    [Theory]
    [InlineData("hot.db")]
    [InlineData("keys")]
    [InlineData("manifest.json")]
    public async Task A_damaged_backup_is_told_and_leaves_the_place_as_it_was(string damaged)
    {
        var backup = await installation.TakeAsync();
        var path = damaged == "keys" ? Directory.GetFiles(Path.Combine(backup, "keys"), "personal-*")[0] : Path.Combine(backup, damaged);
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Seek(-9, SeekOrigin.End);
            var was = file.ReadByte();
            file.Seek(-1, SeekOrigin.Current);
            file.WriteByte((byte)(was ^ 0x20));
        }

        await Assert.ThrowsAsync<BackupException>(() => installation.RestoreAsync(backup, installation.In("none")));

        Assert.Empty(Directory.GetDirectories(installation.In(""), "none*"));
    }

    [Fact]
    public async Task Keys_of_another_installation_are_told()
    {
        await using var other = await Installation.StartAsync();
        var (backup, stranger) = (await installation.TakeAsync(), await other.TakeAsync());
        Directory.Delete(Path.Combine(backup, "keys"), recursive: true);
        Directory.Move(Path.Combine(stranger, "keys"), Path.Combine(backup, "keys"));

        var refused = await Assert.ThrowsAsync<BackupException>(() => new BackupCheck(Anlan.Host.HostApplication.OpenDb, TimeProvider.System, _ => { }).StoreAsync(backup, backup, CancellationToken.None));

        Assert.Contains("keys do not fit", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Databases_that_were_not_copied_together_are_told_and_such_a_server_does_not_start()
    {
        var earlier = await installation.TakeAsync();
        await installation.DecideAsync();
        await Welding.WeldingHost.UntilAsync(() => installation.Host.Get<Anlan.Toolkit.Log.Projector>().Seq == installation.Host.Log.LastSeq);
        var later = await installation.TakeAsync();
        File.Copy(Path.Combine(earlier, "hot.db"), Path.Combine(later, "hot.db"), overwrite: true);

        var refused = await Assert.ThrowsAsync<BackupException>(() => new BackupCheck(Anlan.Host.HostApplication.OpenDb, TimeProvider.System, _ => { }).StoreAsync(later, later, CancellationToken.None));
        var closed = await Assert.ThrowsAsync<InvalidDataException>(() => Welding.WeldingHost.StartAsync(folder: later, settings: Installation.OnFiles));

        Assert.Contains("were not copied together", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Restore both from the same backup", closed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_of_a_newer_program_is_refused()
    {
        var backup = await installation.TakeAsync();
        var manifest = BackupManifest.Read(backup) with { Schema = "29991231000000_Future" };
        Installation.RunPast(Path.Combine(backup, "main.db"), "insert into \"__EFMigrationsHistory\" values('29991231000000_Future', '99')");
        var main = await BackupFiles.MeasureAsync(backup, "main.db", CancellationToken.None);
        (manifest with { Files = [.. manifest.Files.Where(file => file.Path != "main.db"), main] }).Write(backup);

        var refused = await Assert.ThrowsAsync<BackupException>(() => installation.RestoreAsync(backup, installation.In("none")));

        Assert.Contains("which this program does not know", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_that_leads_elsewhere_is_refused()
    {
        var backup = await installation.TakeAsync();
        var manifest = BackupManifest.Read(backup);
        (manifest with { Files = [.. manifest.Files, new BackupFile("../../escaped", 0, "")] }).Write(backup);

        var refused = await Assert.ThrowsAsync<BackupException>(() => installation.RestoreAsync(backup, installation.In("none")));

        Assert.Contains("outside the backup", refused.Message, StringComparison.Ordinal);
    }
}
