using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Anlan.Benchmarks.Conformance;

/// <summary>
/// Mosquitto's own tests of its broker, from Debian's source package: scripts that start a broker, speak packets byte by byte and compare the answers. They are fetched, run and thrown away; nothing of them
/// is part of this project.
/// </summary>
internal static partial class MosquittoSuite
{
    private const string Debian = "http://deb.debian.org";

    // What may stand in a test's configuration without making it a test of mosquitto's settings.
    private static readonly string[] Harmless = ["listener", "port", "allow_anonymous", "log_type", "sys_interval"];

    /// <summary>Fetches the source package of the installed mosquitto with apt, from a list of sources of its own: the system's stays as it is.</summary>
    /// <returns>Folder of the unpacked source.</returns>
    /// <exception cref="InvalidOperationException">No Debian, or apt could not fetch it.</exception>
    public static async Task<string> FetchAsync(string folder, CancellationToken stop)
    {
        var codename = File.ReadLines("/etc/os-release").Select(line => line.Split('=')).Where(pair => pair[0] == "VERSION_CODENAME").Select(pair => pair[1]).FirstOrDefault()
            ?? throw new InvalidOperationException("This system does not say which Debian it is; name the unpacked source with --source.");
        foreach (var part in (string[])["lists/partial", "cache/archives/partial"]) Directory.CreateDirectory(Path.Combine(folder, part));
        var list = Path.Combine(folder, "sources.list");
        const string key = "[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]";
        await File.WriteAllLinesAsync(list, [$"deb-src {key} {Debian}/debian {codename} main", $"deb-src {key} {Debian}/debian {codename}-updates main", $"deb-src {key} {Debian}/debian-security {codename}-security main"], stop);
        string[] own = ["-q", "-o", $"Dir::Etc::SourceList={list}", "-o", "Dir::Etc::SourceParts=/dev/null", "-o", $"Dir::State::Lists={folder}/lists", "-o", $"Dir::Cache={folder}/cache", "-o", "APT::Sandbox::User="];
        await DemandAsync("apt-get", [.. own, "update"], folder, stop);
        var version = (await DemandAsync("dpkg-query", ["-W", "-f", "${Version}", "mosquitto"], folder, stop)).Trim();
        await DemandAsync("apt-get", [.. own, "source", $"mosquitto={version}"], folder, stop);
        return Directory.GetDirectories(folder, "mosquitto-*").Single();
    }

    /// <summary>Names of the tests that speak with the broker on its port only and want no configuration beyond a port, in order.</summary>
    public static List<string> Choose(string source)
    {
        var folder = Path.Combine(source, "test", "broker");
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{folder} is missing: no source of mosquitto.");
        return [.. Directory.GetFiles(folder, "??-*.py").Where(file => IsApplicable(Path.GetFileName(file), File.ReadAllText(file))).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
    }

    /// <summary>Why a test was left out or taken is decided by its text alone.</summary>
    public static bool IsApplicable(string name, string text)
    {
        // Helpers are called by tests; what looks at the broker's process is no matter of the protocol.
        if (name.Contains("-helper", StringComparison.Ordinal) || text.Contains("psutil", StringComparison.Ordinal)) return false;
        if (text.Contains("prop_subpub_helper", StringComparison.Ordinal)) return true;
        if (!text.Contains("start_broker(", StringComparison.Ordinal) || OwnCommand().IsMatch(text)) return false;
        return !text.Contains("use_conf", StringComparison.Ordinal) || Configured().Matches(text).Select(line => line.Groups[1].Value).ToList() is { Count: > 0 } lines && lines.TrueForAll(line => Harmless.Contains(line, StringComparer.Ordinal));
    }

    /// <summary>Lays the tests out in a folder of their own, with a program of ours in mosquitto's place if one is named.</summary>
    public static void LayOut(string source, string folder, string? launcher)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(source, "test"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        if (launcher is null) return;
        // A server with pages and databases takes longer than the two seconds that a broker alone is given.
        var harness = Path.Combine(folder, "test", "mosq_test.py");
        File.WriteAllText(harness, File.ReadAllText(harness).Replace("'/usr/sbin/mosquitto'", $"'/bin/sh', '{launcher}'", StringComparison.Ordinal).Replace("range(0, 20)", "range(0, 600)", StringComparison.Ordinal));
    }

    /// <summary>Runs one test; null when it passed, else the end of what it said.</summary>
    public static async Task<string?> RunAsync(string folder, string test, int port, TimeSpan most, CancellationToken stop)
    {
        var (code, said) = await PythonRun.RunAsync(Path.Combine(folder, "test", "broker"), [test, port.ToString(System.Globalization.CultureInfo.InvariantCulture)], most, stop);
        return code == 0 ? null : said;
    }

    private static async Task<string> DemandAsync(string program, string[] arguments, string folder, CancellationToken stop)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var (said, wrong) = (process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        await process.WaitForExitAsync(stop);
        if (process.ExitCode == 0) return await said;
        throw new InvalidOperationException($"""
            The source package of mosquitto could not be fetched: {program} {arguments[^1]} ended with {process.ExitCode}.
            {(await wrong).Trim()}
            Fetch it elsewhere (apt-get source mosquitto) and name its folder with --source.
            """);
    }

    [GeneratedRegex(@"start_broker\([^\n]*cmd=", RegexOptions.None, 1000)]
    private static partial Regex OwnCommand();

    [GeneratedRegex("""f\.write\(f?["']([a-z_]+)""", RegexOptions.None, 1000)]
    private static partial Regex Configured();
}
