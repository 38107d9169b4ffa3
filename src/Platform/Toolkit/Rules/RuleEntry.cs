using System.Globalization;
using System.Text.Json;

namespace Anlan.Toolkit.Rules;

/// <summary>Reads the fields of one entry of a rule file and notes each that is wrong, so that an author sees all faults at once.</summary>
internal sealed class RuleEntry
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _faulty = new(StringComparer.Ordinal);
    private readonly List<RuleFault> _faults;
    private readonly string _file;
    private readonly string _name;

    /// <param name="file">The file.</param>
    /// <param name="element">The entry.</param>
    /// <param name="nameField">The field that names it in faults.</param>
    /// <param name="place">What it is called when it has no name.</param>
    /// <param name="faults">Where faults are noted.</param>
    public RuleEntry(string file, JsonElement element, string nameField, string place, List<RuleFault> faults)
    {
        (_file, _faults) = (file, faults);
        _name = element.ValueKind == JsonValueKind.Object && element.TryGetProperty(nameField, out var name) && name.ValueKind == JsonValueKind.String && name.GetString() is { Length: > 0 } text ? text : place;
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fault(null, "is no object in braces.");
            return;
        }

        foreach (var field in element.EnumerateObject())
        {
            if (!_fields.TryAdd(field.Name, field.Value)) Fault(field.Name, "stands twice.");
        }
    }

    public void Fault(string? field, string message)
    {
        if (field is not null) _faulty.Add(field);
        _faults.Add(new RuleFault(_file, _name, field, message));
    }

    /// <summary>A text that must be there; "" after noting that it is not.</summary>
    public string Text(string field)
    {
        if (OptionalText(field) is { } text) return text;
        Missing(field);
        return "";
    }

    public string? OptionalText(string field)
    {
        if (Find(field) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString())) return value.GetString()!.Trim();
        Fault(field, "is no text, or an empty one.");
        return null;
    }

    public double? Number(string field)
    {
        if (Find(field) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) && number >= 0) return number;
        Fault(field, $"is no number from 0 up: {value.GetRawText()}.");
        return null;
    }

    public bool Flag(string field)
    {
        if (Find(field) is not { } value) return false;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Fault(field, $"is neither true nor false: {value.GetRawText()}.");
        return false;
    }

    /// <summary>A day that must be there; the first of all days after noting that it is not.</summary>
    public DateOnly RequiredDay(string field)
    {
        if (Day(field) is { } day) return day;
        Missing(field);
        return default;
    }

    public DateOnly? Day(string field)
    {
        if (OptionalText(field) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Fault(field, $"is no day of the form 2026-06-01: {text}.");
        return null;
    }

    public IReadOnlyList<string> Words(string field)
    {
        if (Find(field) is not { } value) return [];
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(word => word.ValueKind == JsonValueKind.String)) return [.. value.EnumerateArray().Select(word => word.GetString()!)];
        Fault(field, "is no list of texts.");
        return [];
    }

    public IEnumerable<JsonElement> Entries(string field)
    {
        if (Find(field) is not { } value) return [];
        if (value.ValueKind == JsonValueKind.Array) return value.EnumerateArray();
        Fault(field, "is no list.");
        return [];
    }

    /// <summary>Notes every field that nobody asked for: a misspelt field would otherwise be silently without effect.</summary>
    public void RefuseStrangers()
    {
        foreach (var field in _fields.Keys.Where(field => !_asked.Contains(field))) Fault(field, $"is not known; known are {string.Join(", ", _asked.Order(StringComparer.Ordinal))}.");
    }

    private void Missing(string field)
    {
        if (!_faulty.Contains(field)) Fault(field, "is missing.");
    }

    private JsonElement? Find(string field)
    {
        _asked.Add(field);
        return _fields.TryGetValue(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }
}
