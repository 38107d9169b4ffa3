using System.Data.Common;
using System.Security.Cryptography;
using Anlan.Host.Operations.Backups;
using Anlan.Kernel.Log;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Evidence;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Anlan.Host;

/// <summary><c>verify</c>: checks a whole log with its evidence files, or one exported evidence file, without starting the server.</summary>
internal static class Verify
{
    /// <summary>Word on the command line.</summary>
    public const string Verb = "verify";

    private const int Wrong = 1;
    private const int Unusable = 2;

    /// <summary>Checks; answers the program's exit code: 0 right, 1 wrong, 2 nothing could be checked.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken stop)
    {
        // The server's own settings count: they say where evidence files lie.
        var settings = new ConfigurationBuilder().AddJsonFile(BackupOptions.SettingsFile, optional: true).AddEnvironmentVariables().AddCommandLine(args).Build();
        try
        {
            return settings["File"] is { } file ? await CheckFileAsync(file, settings["Key"], output, stop) : await CheckLogAsync(settings, output, stop);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or DbException or FileShelfException or OptionsValidationException)
        {
            await output.WriteLineAsync("error: " + unreadable.Message);
            return Unusable;
        }
    }

    private static async Task<int> CheckLogAsync(IConfiguration settings, TextWriter output, CancellationToken stop)
    {
        var host = settings.GetSection("Anlan").Get<HostSettings>() ?? new HostSettings();
        // Nothing is made where nothing is: a folder that was misspelt must not look like an empty log.
        if (!Directory.Exists(host.Data) || (host.Database.Postgres is null && !File.Exists(Path.Combine(host.Data, "hot.db"))))
        {
            await output.WriteLineAsync($"error: {host.Data} holds no installation. Name its data folder: ./anlan verify --data DIR");
            return Unusable;
        }

        var data = new DataFolder(host.Data);
        var options = new DbContextOptionsBuilder<AnlanDb>();
        DataServices.Use(options, host.Database, data.MainDatabase);
        await using var db = new AnlanDb(options.Options, HostApplication.Modules, new CommitGate([]), Audience.OfEverything, TimeProvider.System, new CurrentActor());
        try
        {
            var published = settings["Heads"] is { } heads ? HeadLines.Read(await File.ReadAllTextAsync(heads, stop)) : [];
            List<string> keys = [.. Directory.GetFiles(data.Keys, "tree-*.pem"), .. settings["Key"] is { } key ? [key] : Array.Empty<string>()];
            var shelf = FileServices.OpenShelf(settings, data, TimeProvider.System);
            using var owned = shelf as IDisposable;
            var files = new FileCheck(shelf, db, output.WriteLine);
            await files.BeginAsync(stop);
            var held = await new LogCheck(data, host.Database, db, files, output.WriteLine).RunAsync(keys, published, stop);
            var compared = await files.RunAsync(stop);
            await output.WriteLineAsync($"The log holds: {held.Entries} entries without a hole, {held.Heads} signed heads and {held.Published} published ones, the last over {held.Covered}, and {held.Seals} sealed stretches of measurements that are still kept. {compared} evidence files are what they were. Root over all: {held.Root}");
            return 0;
        }
        catch (Exception wrong) when (wrong is LogCheckException or FormatException)
        {
            await output.WriteLineAsync("error: " + wrong.Message);
            return Wrong;
        }
    }

    private static async Task<int> CheckFileAsync(string file, string? keyFile, TextWriter output, CancellationToken stop)
    {
        try
        {
            var trustedKey = keyFile is null ? null : KeyIdOf(await File.ReadAllTextAsync(keyFile, stop));
            if (VerifyBundle.IsOne(file)) return await VerifyBundle.RunAsync(file, text => CheckProofAsync(text, keyFile, trustedKey, output), output, stop) == 0 ? 0 : Wrong;
            return await CheckProofAsync(await File.ReadAllTextAsync(file, stop), keyFile, trustedKey, output) is null ? Wrong : 0;
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException or CryptographicException or InvalidDataException)
        {
            await output.WriteLineAsync($"error: {wrong.Message}");
            return Wrong;
        }
    }

    // The entry, or null after saying what is wrong.
    private static async Task<LogEntry?> CheckProofAsync(string text, string? keyFile, string? trustedKey, TextWriter output)
    {
        var evidence = EvidenceFile.Read(text);
        List<string> faults = [.. evidence.Faults()];
        if (trustedKey is not null && trustedKey != evidence.Head.Head.Key) faults.Add($"The head was signed by {evidence.Head.Head.Key}, not by {trustedKey} of {keyFile}.");
        foreach (var fault in faults) await output.WriteLineAsync("error: " + fault);
        if (faults.Count > 0) return null;
        var entry = LogEntry.Decode(evidence.Position, evidence.Entry);
        await output.WriteLineAsync($"Entry {entry.Seq}, {entry.At:O}, {entry.Kind}, {entry.Subject}");
        await output.WriteLineAsync(System.Text.Encoding.UTF8.GetString(entry.Body.Span));
        await output.WriteLineAsync($"It is in the log of {evidence.Head.Head.Size} entries, as signed {evidence.Head.Head.At:O}" + (evidence.Previous is { } before ? $", which grew out of the one of {before.Head.Size} entries, as signed {before.Head.At:O}." : "."));
        await output.WriteLineAsync(keyFile is null ? $"The key {evidence.Head.Head.Key} came with the file: compare it with what the organ says, or name the key with --key FILE." : $"Signed by the key {evidence.Head.Head.Key} of {keyFile}.");
        return entry;
    }

    private static string KeyIdOf(string pem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return EvidenceFile.KeyId(key.ExportSubjectPublicKeyInfo());
    }
}
