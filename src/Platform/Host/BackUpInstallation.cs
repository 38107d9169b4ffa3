using Anlan.Host.Operations.Backups;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Data.Backups;

namespace Anlan.Host;

/// <summary><c>backup</c>: copies databases, keys, files and settings of an installation into one folder, whether its server runs or not.</summary>
internal static class BackUpInstallation
{
    /// <summary>Word on the command line.</summary>
    public const string Verb = "backup";

    /// <summary>Backs up; answers the program's exit code.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken stop)
    {
        // The server's own settings count: they say where the tables lie.
        var configuration = new ConfigurationBuilder().AddJsonFile(BackupOptions.SettingsFile, optional: true).AddEnvironmentVariables().AddCommandLine(args).Build();
        var settings = configuration.GetSection("Anlan").Get<HostSettings>() ?? new HostSettings();
        if (settings.Database.Postgres is not null)
        {
            await output.WriteLineAsync("error: tables and log of this installation lie in PostgreSQL. " + BackupOptions.OnPostgres);
            return 2;
        }

        try
        {
            var data = DataFolder.Existing(settings.Data) ?? throw new BackupException($"{Path.GetFullPath(settings.Data)} is no data folder.");
            var (target, keys) = (configuration["to"] is { Length: > 0 } to ? to : data.Backups, configuration["keys"] is { Length: > 0 } apart ? apart : null);
            var (folder, manifest) = await new TakeBackup(data, HostApplication.OpenDb, TimeProvider.System, output.WriteLine).RunAsync(target, keys, BackupOptions.SettingsFile, stop);
            await output.WriteLineAsync($"Backed up to {folder}: {manifest.Files.Count} files, {manifest.Size / 1024 / 1024} MB, {manifest.LogEntries} log entries, log hash {manifest.LogHash}");
            await output.WriteLineAsync(keys is null ? "It holds the keys: whoever has it can read personal fields and sign grants. Keep it like a key, or put the keys elsewhere with --keys DIR." : $"The keys lie apart, below {Path.GetFullPath(keys)}; without them the rest is worthless.");
            return 0;
        }
        catch (BackupException refused)
        {
            await output.WriteLineAsync("error: " + refused.Message);
            return 1;
        }
    }
}
