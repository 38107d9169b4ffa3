using System.Reflection;
using System.Text.Json;
using Anlan.Kernel.Rules;

namespace Anlan.Toolkit.Rules;

/// <summary>The dated rules of a module, read from an embedded JSON file; thresholds live there, not in code.</summary>
public sealed class RuleFile
{
    private readonly Dictionary<string, Rule> _rules;

    private RuleFile(IEnumerable<Rule> rules) => _rules = rules.ToDictionary(r => r.Id, StringComparer.Ordinal);

    /// <summary>All rules of the file.</summary>
    public IReadOnlyCollection<Rule> All => _rules.Values;

    /// <summary>The rule with this id.</summary>
    /// <exception cref="KeyNotFoundException">The file has no such rule: a bug, not a refusal.</exception>
    public Rule this[string id] => _rules.TryGetValue(id, out var rule) ? rule : throw new KeyNotFoundException($"No rule {id}.");

    /// <summary>The rule with this id, or null.</summary>
    public Rule? Find(string id) => _rules.GetValueOrDefault(id);

    /// <summary>Reads an embedded file.</summary>
    /// <param name="assembly">The module.</param>
    /// <param name="resource">Manifest name, for example <c>Anlan.Welding.Interlock.rules.json</c>.</param>
    public static RuleFile Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource) ?? throw new InvalidDataException($"{assembly.GetName().Name} has no {resource}.");
        return new RuleFile(JsonSerializer.Deserialize<List<Rule>>(stream, JsonSerializerOptions.Web) ?? throw new InvalidDataException($"{resource} is empty."));
    }
}
