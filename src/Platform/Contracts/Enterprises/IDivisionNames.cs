namespace Anlan.Contracts.Enterprises;

/// <summary>Reads a division as people write it into files.</summary>
public interface IDivisionNames
{
    /// <summary>The code for a code or for a name that only one division of the city has; the text itself where it is neither, so that a check refuses it; null for nothing.</summary>
    string? CodeOf(string? written);
}
