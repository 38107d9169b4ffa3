namespace Anlan.Welding.Profiles;

/// <summary>A record behind a dimension, as shown.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Machine">Code of the machine, or null.</param>
/// <param name="Person">Whom it is about, or null.</param>
/// <param name="PersonName">Masked name, or null.</param>
/// <param name="Id">Certificate or session, or null.</param>
/// <param name="Position">Position in the log, or null.</param>
/// <param name="At">When, or null.</param>
/// <param name="Until">Last day, or null.</param>
/// <param name="Findings">What about it lowers the score.</param>
public sealed record ProfileRow(string Kind, string? Machine, Guid? Person, string? PersonName, Guid? Id, long? Position, DateTimeOffset? At, DateOnly? Until, IReadOnlyList<string> Findings)
{
    /// <summary>The page of the record.</summary>
    public string? Address => Kind switch
    {
        "machine" or "chip" => $"/welding/machines/{Machine}",
        "certificate" => $"/certificates/{Id}",
        "binding" => $"/people/{Person}",
        "session" => $"/welding/sessions/{Id}",
        _ => Position is { } position ? $"/welding/decisions/{position}" : null,
    };
}
