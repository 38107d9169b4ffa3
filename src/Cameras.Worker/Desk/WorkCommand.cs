using System.CommandLine;
using System.Security.Cryptography;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Worker.Detection;
using Anlan.Cameras.Worker.Ingest;
using Anlan.Cameras.Worker.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Anlan.Cameras.Worker.Desk;

/// <summary>The command line: what somebody can mend is told in one line, with 2 as the answer.</summary>
internal static class WorkCommand
{
    /// <summary>So long the worker has to give its cameras back when it is told to end.</summary>
    public static readonly TimeSpan Farewell = TimeSpan.FromSeconds(15);

    private const int CannotBegin = 2;
    private const int LongestName = 80;
    private const string KeyVariable = "ANLAN_CAMERA_KEY";

    /// <summary>The command with all its options.</summary>
    public static RootCommand Make()
    {
        var server = new Option<string>("--server") { Description = "Address of the server, for example https://anlan.example. The worker connects to it; nothing connects to the worker.", Required = true };
        var key = new Option<string?>("--key") { Description = $"Key of the worker. Other users of this machine can read it in the list of processes: better the variable {KeyVariable}, or --key-file." };
        var keyFile = new Option<string?>("--key-file") { Description = "File that holds the key." };
        var name = new Option<string?>("--name") { Description = "Name of the worker, at most 80 characters; without it the machine's name and a number that stays with the data folder." };
        var data = new Option<string>("--data") { Description = "Folder of what waits for delivery and of the last minute of video.", DefaultValueFactory = _ => "data/camera-worker" };
        var ca = new Option<string?>("--ca") { Description = "PEM file of those who may vouch for the server; whom this machine trusts without it." };
        var plain = new Option<bool>("--plain-http") { Description = "Speak to a server that is not on this machine without encryption: key and pictures can be read on the way." };
        var own = new Option<bool>("--allow-own-machine", "--allow-files") { Description = "Read files and addresses of this machine as cameras: for demonstrations and tests." };
        var workers = new Option<int>("--workers") { Description = "Pictures that are looked at side by side; as many as the machine has processors without it.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var spool = new Option<int>("--spool-mb") { Description = "Most megabytes that wait for delivery.", DefaultValueFactory = _ => 2000 };
        var noClips = new Option<bool>("--no-clips") { Description = "Make no clips, and write no video to the disk." };
        var json = new Option<bool>("--json-log") { Description = "Write the log as JSON lines." };
        var detector = new DetectorChoice();
        var command = new RootCommand("Watches cameras beside them and tells an Anlan server what happened.") { server, key, keyFile, name, data, ca, plain, own, workers, spool, noClips, json };
        detector.AddTo(command);
        command.Add(TryCommand.Make());
        command.SetAction((parsed, stop) => MendAsync(async () =>
        {
            var folder = Path.GetFullPath(parsed.GetRequiredValue(data));
            using var house = DataFolder.Take(folder);
            RequireFfmpeg();
            var options = new WorkerOptions
            {
                Server = ReadServer(parsed.GetRequiredValue(server), parsed.GetValue(plain)),
                Key = ReadKey(parsed.GetValue(key), parsed.GetValue(keyFile)),
                Name = ReadName(parsed.GetValue(name) ?? house.WorkerName()),
                Folder = folder,
                Authorities = parsed.GetValue(ca),
                Reader = new ReaderOptions { Reach = parsed.GetValue(own) ? AddressReach.OwnMachine : AddressReach.OwnNetwork },
                Detectors = Math.Clamp(parsed.GetValue(workers), 1, 64),
                SpoolBytes = Math.Max(50, parsed.GetValue(spool)) * 1_000_000L,
                HasClips = !parsed.GetValue(noClips),
            };
            var model = detector.Read(parsed, Path.Combine(folder, "models"));
            // Opened once before anything else: whoever begins wants to know now that there is no model.
            DetectorFactory.Make(model).Dispose();
            using var logs = LoggerFactory.Create(log => Describe(log, parsed.GetValue(json)));
            await CameraWorker.RunAsync(options, () => DetectorFactory.Make(model), logs, TimeProvider.System, stop);
        }, stop));
        return command;
    }

    /// <summary>Runs to the end or until it is told to end, which is a good end.</summary>
    internal static async Task<int> MendAsync(Func<Task> run, CancellationToken stop)
    {
        try
        {
            await run();
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception wrong) when (wrong is KeyRefusedException or ModelException or FormatException or InvalidDataException or IOException or UnauthorizedAccessException or CryptographicException)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return CannotBegin;
        }
    }

    /// <summary>ffmpeg has to be on this machine.</summary>
    internal static void RequireFfmpeg()
    {
        var places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!Array.Exists(places, place => place.Length > 0 && File.Exists(Path.Combine(place, "ffmpeg")))) throw new FormatException("ffmpeg is absent, which reads the cameras. Debian: apt-get install --no-install-recommends ffmpeg");
    }

    private static Uri ReadServer(string text, bool isPlainAllowed)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https") || server.UserInfo.Length > 0) throw new FormatException("--server takes an address such as https://anlan.example");
        if (server.Scheme == "http" && !server.IsLoopback && !isPlainAllowed) throw new FormatException("--server has to be https, or key and pictures could be read on the way; --plain-http allows it nevertheless.");
        return server;
    }

    private static string ReadKey(string? given, string? file)
    {
        var key = (given ?? (file is null ? Environment.GetEnvironmentVariable(KeyVariable) : File.ReadAllText(file)))?.Trim();
        if (string.IsNullOrEmpty(key)) throw new FormatException($"The worker's key is missing: --key-file FILE, the variable {KeyVariable}, or --key KEY.");
        return key.All(char.IsAscii) && !key.Any(char.IsControl) && !key.Contains(' ', StringComparison.Ordinal) ? key : throw new FormatException("The key holds characters that no key has.");
    }

    private static string ReadName(string name) =>
        name.Length is > 0 and <= LongestName && !name.Any(char.IsControl) ? name : throw new FormatException($"--name takes 1 to {LongestName} characters.");

    private static void Describe(ILoggingBuilder log, bool isJson)
    {
        log.SetMinimumLevel(LogLevel.Information);
        if (isJson) log.AddJsonConsole(console => (console.UseUtcTimestamp, console.TimestampFormat) = (true, "O"));
        else log.AddSimpleConsole(console => (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat, console.ColorBehavior) = (true, true, "yyyy-MM-ddTHH:mm:ssZ ", LoggerColorBehavior.Disabled));
    }
}
