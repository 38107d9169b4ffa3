using System.Text.Json;
using System.Text.Json.Nodes;

namespace Anlan.Benchmarks;

/// <summary>What a bench found: one JSON object, printed as the last line.</summary>
/// <param name="name">The bench.</param>
/// <param name="unit">Unit of the value, for example <c>starts/s</c>.</param>
internal sealed class BenchReport(string name, string unit)
{
    private readonly JsonObject _found = new() { ["name"] = name, ["value"] = null, ["unit"] = unit };

    /// <summary>Adds a figure, rounded to three significant places after the point.</summary>
    public BenchReport With(string key, double? figure)
    {
        _found[key] = figure is null ? null : Math.Round(figure.Value, 3);
        return this;
    }

    /// <summary>Adds a word.</summary>
    public BenchReport With(string key, string word)
    {
        _found[key] = word;
        return this;
    }

    /// <summary>Adds a list of words.</summary>
    public BenchReport With(string key, IEnumerable<string> words)
    {
        _found[key] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]);
        return this;
    }

    /// <summary>Adds p50, p95 and p99.</summary>
    public BenchReport With(Latencies latencies) =>
        With("p50_ms", latencies.Milliseconds(0.50)).With("p95_ms", latencies.Milliseconds(0.95)).With("p99_ms", latencies.Milliseconds(0.99));

    /// <summary>Adds the baseline and the ratio of the value to it.</summary>
    public BenchReport Against(double baseline) => With("baseline", baseline).With("ratio", (double)_found["value"]! / baseline);

    /// <summary>Prints the object.</summary>
    public void Print() => Console.WriteLine(_found.ToJsonString(JsonSerializerOptions.Default));
}
