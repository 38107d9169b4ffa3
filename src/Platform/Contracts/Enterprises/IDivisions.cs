using Anlan.Kernel.Divisions;

namespace Anlan.Contracts.Enterprises;

/// <summary>Asks for divisions of the configured city. From the owner's index.</summary>
public interface IDivisions
{
    /// <summary>The division, or null.</summary>
    Division? Find(DivisionCode code);

    /// <summary>All divisions directly inside another, by code.</summary>
    IReadOnlyList<Division> Inside(DivisionCode outer);

    /// <summary>All divisions, by code.</summary>
    IReadOnlyList<Division> All { get; }
}

/// <summary>A division of the statistics tree.</summary>
/// <param name="Code">Statistics code.</param>
/// <param name="Name">Official name.</param>
/// <param name="Level">province, prefecture, county, subdistrict, town or township.</param>
/// <param name="Parent">The division around it, or null at the top.</param>
public sealed record Division(DivisionCode Code, string Name, string Level, DivisionCode? Parent);
