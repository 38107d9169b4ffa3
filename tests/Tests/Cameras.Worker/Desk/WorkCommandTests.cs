using System.Diagnostics;
using System.Globalization;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using Anlan.Cameras.Worker.Models;
using Anlan.Tests.Cameras.Worker.Ingest;

namespace Anlan.Tests.Cameras.Worker.Desk;

/// <summary>The program itself: what it says when it cannot begin, and what is left when somebody kills it.</summary>
public sealed class WorkCommandTests : IDisposable
{
    private const int Patience = 180_000;
    private const int Killed = 137;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("anlan-command-");

    private readonly List<Process> _begun = [];

    public void Dispose()
    {
        foreach (var process in _begun)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    [Theory(Timeout = Patience)]
    [InlineData("--server http://anlan.example --key k", "--server has to be https")]
    [InlineData("--server anlan.example --key k", "--server takes an address")]
    [InlineData("--server https://anlan.example", "The worker's key is missing")]
    [InlineData("--server https://anlan.example --key k --models /nowhere", "npm ci --ignore-scripts")]
    [InlineData("--server https://anlan.example --key k --ca /nowhere.pem", "/nowhere.pem", true)]
    public async Task What_keeps_it_from_beginning_is_told_in_one_line_with_2_as_the_answer(string arguments, string expected, bool needsModels = false)
    {
        var (code, said) = await RunAsync([.. arguments.Split(' '), .. needsModels ? Models() : []], environment: null, TestContext.Current.CancellationToken);

        Assert.Equal(2, code);
        Assert.Contains(expected, said, StringComparison.Ordinal);
        Assert.Single(said.Trim().Split('\n'));
    }

    [Fact(Timeout = Patience)]
    public async Task Without_ffmpeg_the_package_is_named_and_a_folder_that_another_worker_has_is_not_shared()
    {
        string[] arguments = ["--server", "https://anlan.example", "--key", "k"];
        var (code, said) = await RunAsync(arguments, "/nowhere", TestContext.Current.CancellationToken);
        Assert.Equal(2, code);
        Assert.Contains("apt-get install --no-install-recommends ffmpeg", said, StringComparison.Ordinal);

        using (Anlan.Cameras.Worker.Desk.DataFolder.Take(_folder.FullName)) (code, said) = await RunAsync(arguments, environment: null, TestContext.Current.CancellationToken);
        Assert.Equal(2, code);
        Assert.Contains("Another worker has the folder", said, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task When_the_program_is_killed_what_reads_the_camera_dies_with_it()
    {
        var process = Begin(["try", "--allow-files"]);
        await process.StandardInput.WriteLineAsync(("file://" + VisionClips.Find(VisionClips.Cars)).AsMemory(), TestContext.Current.CancellationToken);
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.StartsWith("Seeing", StringComparison.Ordinal)) continue;
        var child = ChildrenOf(process.Id).Single();
        // A child that hangs does not notice that nobody reads: only the system ends it.
        await SignalAsync("STOP", child);

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        while (IsAlive(child)) await Task.Delay(20, TestContext.Current.CancellationToken);

        Assert.Equal(Killed, process.ExitCode);
    }

    [Fact(Timeout = Patience)]
    public async Task A_worker_that_is_killed_before_it_could_deliver_delivers_once_after_its_next_start()
    {
        await using var server = await PretendServer.StartAsync();
        server.Cameras = [new CameraTask(Guid.CreateVersion7(), "table", "file://" + await VisionClips.AsCameraAsync(_folder.FullName, seconds: 20, from: 5), new ZoneSet(1, [new Zone(1, "table", ZoneKind.Exclusion, [new(0.2, 0.4), new(0.9, 0.4), new(0.9, 1), new(0.2, 1)])]), [], IsWatched: false, AllowOwnNetwork: true)];
        var key = Path.Combine(_folder.FullName, "key");
        await File.WriteAllTextAsync(key, PretendServer.Key + "\n", TestContext.Current.CancellationToken);
        string[] arguments = ["--server", server.Address.ToString(), "--key-file", key, "--allow-files", "--no-clips", "--workers", "1", .. Models()];
        var spool = Path.Combine(_folder.FullName, "data", "spool");

        var first = Begin(arguments);
        while (server.Leases.IsEmpty) await Task.Delay(5, TestContext.Current.CancellationToken);
        server.IsCut = true;
        while (!Directory.Exists(spool) || !Directory.GetFiles(spool, "*.event").Any(file => File.ReadAllText(file).Contains("\"Entered\"", StringComparison.Ordinal))) await Task.Delay(50, TestContext.Current.CancellationToken);
        first.Kill();
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);

        var kept = Directory.GetFiles(spool, "*.event").Order(StringComparer.Ordinal).Select(file => Guid.ParseExact(Path.GetFileNameWithoutExtension(file).Split('_')[2], "N")).ToList();
        var before = server.Events.Count;
        (server.Cameras, server.IsCut) = ([], false);
        var second = Begin(arguments);
        while (Directory.GetFiles(spool, "*.event").Length > 0) await Task.Delay(50, TestContext.Current.CancellationToken);
        await SignalAsync("TERM", second.Id);
        await second.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, second.ExitCode);
        Assert.True(server.Leases.Last().Leaving);
        Assert.Equal(server.Leases.First().Worker, server.Leases.Last().Worker);
        Assert.Equal(kept, server.Events.Skip(before).Select(happened => happened.Id));
        Assert.Single(server.Events, happened => happened.Id == server.Events.First(entered => entered.Kind == SightEventKind.Entered).Id);
    }

    // The models come with "npm ci" into a folder above the program; another one can be named.
    private static string[] Models()
    {
        var folder = Environment.GetEnvironmentVariable("ANLAN_MODELS");
        try
        {
            new ModelFiles(folder).Find(PinnedModel.CenterNet);
        }
        catch (ModelException absent)
        {
            Assert.Skip(absent.Message);
        }

        return folder is null ? [] : ["--models", folder];
    }

    private Process Begin(IReadOnlyList<string> arguments, string? environment = null)
    {
        var host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        var start = new ProcessStartInfo(host, [Program(), .. arguments, .. arguments[0] == "try" ? (string[])[] : ["--data", environment is null && arguments.Contains("--key-file") ? Path.Combine(_folder.FullName, "data") : _folder.FullName]])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        if (environment is not null) start.FileName = Which(host);
        if (environment is not null) start.Environment["PATH"] = environment;
        start.Environment.Remove("ANLAN_CAMERA_KEY");
        var process = Process.Start(start)!;
        _begun.Add(process);
        // Whoever does not read what it says would hold it up.
        if (arguments[0] != "try" && arguments.Contains("--key-file")) process.BeginOutputReadLine();
        return process;
    }

    private async Task<(int Code, string Said)> RunAsync(IReadOnlyList<string> arguments, string? environment, CancellationToken stop)
    {
        var process = Begin(arguments, environment);
        var said = await process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, said);
    }

    // Beside the tests some of its libraries are missing, which the tests have from the web server.
    private static string Program()
    {
        const string Name = "Anlan.Cameras.Worker.dll";
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var path = Environment.GetEnvironmentVariable("ANLAN_CAMERA_WORKER") is { Length: > 0 } folder ? Path.Combine(folder, Name) : Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Cameras.Worker", configuration, Name));
        Assert.True(File.Exists(path), $"{path} is absent.");
        return path;
    }

    private static string Which(string program) => program.Contains('/', StringComparison.Ordinal) ? program : Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(place => Path.Combine(place, program)).First(File.Exists);

    private static List<int> ChildrenOf(int parent) =>
        [.. File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{parent}/task/{parent}/children")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse), .. Directory.GetDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{parent}/task")).Where(thread => Path.GetFileName(thread) != parent.ToString(CultureInfo.InvariantCulture)).SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse))];

    // What has ended but was not buried by its new parent has no memory any more.
    private static bool IsAlive(int process)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat")).Split(") ")[^1][0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start(new ProcessStartInfo("/bin/kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false })!;
        await kill.WaitForExitAsync();
    }
}
