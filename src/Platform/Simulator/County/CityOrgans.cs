using System.Text.Json;

namespace Anlan.Simulator.County;

/// <summary>The organs of a demo city, from its pack: who they are, what they supervise, and who of them signs in.</summary>
/// <param name="From">First day of every assignment.</param>
/// <param name="Basis">Document of every assignment.</param>
/// <param name="Organs">Those above before those below.</param>
/// <param name="Elsewhere">Enterprises outside the demo county, so that organs there see something.</param>
internal sealed record CityOrgans(DateOnly From, string Basis, IReadOnlyList<PlannedOrgan> Organs, IReadOnlyList<PlannedNeighbour> Elsewhere)
{
    public static CityOrgans Read(string path) => JsonSerializer.Deserialize<CityOrgans>(File.ReadAllText(path), JsonSerializerOptions.Web) ?? throw new InvalidDataException($"{path} is empty.");

    /// <summary>For a city without such a file: one bureau over all of it.</summary>
    public static CityOrgans Of(InventedWords words, string city) =>
        new(new DateOnly(2020, 1, 1), words.Basis, [new PlannedOrgan("city", "cityBureau", words.CityBureau, words.CityBureau, null, city, [city], "bureau")], []);
}

/// <summary>An organ to be entered.</summary>
/// <param name="Key">Name within the file.</param>
/// <param name="Kind">As the API words it.</param>
/// <param name="NameZh">Official name.</param>
/// <param name="NameEn">Name on English screens.</param>
/// <param name="Parent">Key of the organ above it.</param>
/// <param name="Seat">Division in which it sits.</param>
/// <param name="Supervises">Divisions.</param>
/// <param name="SignIn">User name of a demo account, or null.</param>
internal sealed record PlannedOrgan(string Key, string Kind, string NameZh, string NameEn, string? Parent, string? Seat, IReadOnlyList<string> Supervises, string? SignIn = null)
{
    /// <summary>The role of its staff.</summary>
    public string Role => Kind switch
    {
        "cityBureau" => "city-bureau",
        "countyBureau" => "county-bureau",
        "functionalZoneCommittee" => "zone-committee",
        "townStation" => "town-station",
        "fireBrigade" => "fire-brigade",
        _ => "joint-department",
    };
}

/// <summary>An enterprise outside the demo county.</summary>
internal sealed record PlannedNeighbour(string Name, string Division);
