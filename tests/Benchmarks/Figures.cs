using System.Globalization;

namespace Anlan.Benchmarks;

/// <summary>What a server's <c>/metrics</c> said: lines of a name, labels and a value.</summary>
internal sealed class Figures(string text)
{
    private readonly string[] _lines = text.Split('\n');

    /// <summary>Sum of a figure over its labels.</summary>
    /// <exception cref="InvalidOperationException">There is no such figure.</exception>
    public double Of(string name) => OrNull(name) ?? throw new InvalidOperationException($"The server's metrics have no {name}.");

    /// <summary>Sum of a figure over its labels, or over those lines that carry one; null when there is no such figure.</summary>
    public double? OrNull(string name, string label = "")
    {
        var found = _lines.Where(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is ' ' or '{' && line.Contains(label, StringComparison.Ordinal)).ToList();
        return found.Count == 0 ? null : found.Sum(line => ValueOf(line[name.Length..]));
    }

    // Labels, a value, and perhaps when it was measured.
    private static double ValueOf(string rest) => double.Parse(rest[(rest.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);
}
