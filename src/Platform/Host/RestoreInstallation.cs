using Anlan.Toolkit.Data.Backups;

namespace Anlan.Host;

/// <summary><c>restore</c>: makes a data folder out of a backup, all of it or nothing.</summary>
internal static class RestoreInstallation
{
    /// <summary>Word on the command line.</summary>
    public const string Verb = "restore";

    /// <summary>Restores; answers the program's exit code.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken stop)
    {
        var configuration = new ConfigurationBuilder().AddCommandLine(args).Build();
        if (configuration["from"] is not { Length: > 0 } from || configuration["Anlan:Data"] is not { Length: > 0 } data)
        {
            await output.WriteLineAsync("error: name the backup and the data folder: restore --from DIR --Anlan:Data=DIR");
            return 2;
        }

        try
        {
            var keys = configuration["keys"] is { Length: > 0 } apart ? apart : null;
            var restored = await new RestoreBackup(HostApplication.OpenDb, TimeProvider.System, output.WriteLine).RunAsync(from, keys, data, configuration["replace"] is "true", stop);
            await output.WriteLineAsync($"Restored to {Path.GetFullPath(data)}: state of {restored.Manifest.MadeAt:yyyy-MM-dd HH:mm:ss} UTC, {restored.Manifest.LogEntries} log entries, log hash {restored.Manifest.LogHash}");
            if (restored.Before is { } before) await output.WriteLineAsync($"The old data folder lies in {before}; delete it when nothing is missed.");
            if (restored.Manifest.Files.Any(file => file.Path == TakeBackup.Settings)) await output.WriteLineAsync($"Settings are not put in place by themselves: compare {Path.Combine(from, TakeBackup.Settings)} with the one beside the program.");
            return 0;
        }
        catch (BackupException refused)
        {
            await output.WriteLineAsync("error: " + refused.Message);
            return 1;
        }
    }
}
