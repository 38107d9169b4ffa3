using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;

namespace Anlan.Enterprises.Divisions;

/// <summary>Reads a division as people write it: its code, or its name where only one division is called so.</summary>
internal sealed class DivisionNames(IDivisions divisions) : IDivisionNames
{
    private readonly Lazy<ILookup<string, DivisionCode>> _byName = new(() => divisions.All.ToLookup(division => division.Name, division => division.Code, StringComparer.Ordinal));

    public string? CodeOf(string? written)
    {
        var text = written?.Trim();
        if (string.IsNullOrEmpty(text)) return null;
        // A town and its county's seat may share a name: then only the code tells them apart.
        return DivisionCode.IsValid(text) ? text : _byName.Value[text].Take(2).ToList() is [var only] ? only.Value : text;
    }
}
