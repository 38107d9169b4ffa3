using System.Globalization;
using System.Text.RegularExpressions;

namespace Anlan.Benchmarks.Conformance;

/// <summary>The interoperability tests of Eclipse Paho (<c>paho.mqtt.testing</c>), from a checkout that the operator has; one script for 3.1.1, one for 5. They speak with a broker that runs.</summary>
internal static partial class PahoSuite
{
    private static readonly string[] Scripts = ["client_test.py", "client_test5.py"];

    /// <summary>Runs both scripts against a broker; each test's name with its result.</summary>
    /// <exception cref="DirectoryNotFoundException">No checkout of the suite.</exception>
    public static async Task<SortedDictionary<string, bool>> RunAsync(string checkout, int port, CancellationToken stop)
    {
        var folder = Path.Combine(checkout, "interoperability");
        if (!File.Exists(Path.Combine(folder, Scripts[0]))) throw new DirectoryNotFoundException($"{folder} holds no {Scripts[0]}: name a checkout of paho.mqtt.testing.");
        var results = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (var script in Scripts.Where(script => File.Exists(Path.Combine(folder, script))))
        {
            var (_, said) = await PythonRun.RunAsync(folder, [script, "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)], TimeSpan.FromMinutes(15), stop);
            foreach (Match line in Result().Matches(said)) results[$"{script} {line.Groups[1].Value.Trim()}"] = line.Groups[2].Value == "succeeded";
        }

        return results;
    }

    [GeneratedRegex(@"^(?!test suite)(\S.* test|Dollar topics test|\$ topics test) (succeeded|failed)\r?$", RegexOptions.Multiline, 1000)]
    private static partial Regex Result();
}
